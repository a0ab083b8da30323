package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/** From exact sums, so that nothing stays behind of pairs that leave again. */
final class ExactPairs implements Pairs {

  private long count;
  private final ExactSum x = new ExactSum();
  private final ExactSum y = new ExactSum();
  private final ExactSum xx = new ExactSum();
  private final ExactSum yy = new ExactSum();
  private final ExactSum xy = new ExactSum();

  @Override
  public void add(double valueY, double valueX) {
    count++;
    x.add(valueX);
    y.add(valueY);
    ExactProducts.add(xx, valueX, valueX);
    ExactProducts.add(yy, valueY, valueY);
    ExactProducts.add(xy, valueX, valueY);
  }

  @Override
  public void retract(double valueY, double valueX) {
    count--;
    x.subtract(valueX);
    y.subtract(valueY);
    ExactProducts.subtract(xx, valueX, valueX);
    ExactProducts.subtract(yy, valueY, valueY);
    ExactProducts.subtract(xy, valueX, valueY);
  }

  @Override
  public void merge(Pairs other) {
    ExactPairs later = (ExactPairs) other;
    count += later.count;
    x.add(later.x);
    y.add(later.y);
    xx.add(later.xx);
    yy.add(later.yy);
    xy.add(later.xy);
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public double meanX() {
    return x.value() / count;
  }

  @Override
  public double meanY() {
    return y.value() / count;
  }

  @Override
  public double squaresX() {
    return Math.max(0, ExactProducts.centered(count, x, x, xx));
  }

  @Override
  public double squaresY() {
    return Math.max(0, ExactProducts.centered(count, y, y, yy));
  }

  @Override
  public double products() {
    return ExactProducts.centered(count, x, y, xy);
  }

  @Override
  public long heap() {
    return 40 + 5 * ExactSum.HEAP;
  }

  @Override
  public void save(StateWriter out) {
    out.writeLong(count);
    for (ExactSum sum : new ExactSum[] {x, y, xx, yy, xy}) {
      sum.save(out);
    }
  }

  @Override
  public void restore(StateReader in) {
    count = in.readLong();
    for (ExactSum sum : new ExactSum[] {x, y, xx, yy, xy}) {
      sum.restore(in);
    }
  }
}
