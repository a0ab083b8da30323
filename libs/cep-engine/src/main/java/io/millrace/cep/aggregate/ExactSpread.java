package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/** From exact sums, so that nothing stays behind of numbers that leave again. */
final class ExactSpread implements Spread {

  private long count;
  private final ExactSum sum = new ExactSum();
  private final ExactSum products = new ExactSum();

  @Override
  public void add(double value) {
    count++;
    sum.add(value);
    ExactProducts.add(products, value, value);
  }

  @Override
  public void retract(double value) {
    count--;
    sum.subtract(value);
    ExactProducts.subtract(products, value, value);
  }

  @Override
  public void merge(Spread other) {
    ExactSpread later = (ExactSpread) other;
    count += later.count;
    sum.add(later.sum);
    products.add(later.products);
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public double mean() {
    return sum.value() / count;
  }

  @Override
  public double squares() {
    return Math.max(0, ExactProducts.centered(count, sum, sum, products));
  }

  @Override
  public long heap() {
    return 32 + 2 * ExactSum.HEAP;
  }

  @Override
  public void save(StateWriter out) {
    out.writeLong(count);
    sum.save(out);
    products.save(out);
  }

  @Override
  public void restore(StateReader in) {
    count = in.readLong();
    sum.restore(in);
    products.restore(in);
  }
}
