package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/** For pairs that stay; see {@link WelfordSpread} for where the formulas come from. */
final class WelfordPairs implements Pairs {

  private long count;
  private double meanX;
  private double meanY;
  private double squaresX;
  private double squaresY;
  private double products;

  @Override
  public void add(double y, double x) {
    count++;
    double distanceX = x - meanX;
    double distanceY = y - meanY;
    meanX += distanceX / count;
    meanY += distanceY / count;
    squaresX += distanceX * (x - meanX);
    squaresY += distanceY * (y - meanY);
    products += distanceX * (y - meanY);
  }

  @Override
  public void retract(double y, double x) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void merge(Pairs other) {
    WelfordPairs later = (WelfordPairs) other;
    if (later.count == 0) {
      return;
    }
    long total = count + later.count;
    double distanceX = later.meanX - meanX;
    double distanceY = later.meanY - meanY;
    double weight = (double) count * later.count / total;
    squaresX += later.squaresX + distanceX * distanceX * weight;
    squaresY += later.squaresY + distanceY * distanceY * weight;
    products += later.products + distanceX * distanceY * weight;
    meanX = count == 0 ? later.meanX : meanX + distanceX * later.count / total;
    meanY = count == 0 ? later.meanY : meanY + distanceY * later.count / total;
    count = total;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public double meanX() {
    return meanX;
  }

  @Override
  public double meanY() {
    return meanY;
  }

  @Override
  public double squaresX() {
    return squaresX;
  }

  @Override
  public double squaresY() {
    return squaresY;
  }

  @Override
  public double products() {
    return products;
  }

  @Override
  public long heap() {
    return 64;
  }

  @Override
  public void save(StateWriter out) {
    out.writeLong(count);
    out.writeDouble(meanX);
    out.writeDouble(meanY);
    out.writeDouble(squaresX);
    out.writeDouble(squaresY);
    out.writeDouble(products);
  }

  @Override
  public void restore(StateReader in) {
    count = in.readLong();
    meanX = in.readDouble();
    meanY = in.readDouble();
    squaresX = in.readDouble();
    squaresY = in.readDouble();
    products = in.readDouble();
  }
}
