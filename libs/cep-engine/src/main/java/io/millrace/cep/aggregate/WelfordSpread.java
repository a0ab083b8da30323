package io.millrace.cep.aggregate;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/**
 * For numbers that stay. B. P. Welford, "Note on a Method for Calculating Corrected Sums of Squares
 * and Products", Technometrics 4 (1962); merged as in T. F. Chan, G. H. Golub and R. J. LeVeque,
 * "Updating Formulae and a Pairwise Algorithm for Computing Sample Variances", 1979.
 */
final class WelfordSpread implements Spread {

  private long count;
  private double mean;
  private double squares;

  @Override
  public void add(double value) {
    count++;
    double distance = value - mean;
    mean += distance / count;
    squares += distance * (value - mean);
  }

  @Override
  public void retract(double value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void merge(Spread other) {
    WelfordSpread later = (WelfordSpread) other;
    if (later.count == 0) {
      return;
    }
    long total = count + later.count;
    double distance = later.mean - mean;
    squares += later.squares + distance * distance * ((double) count * later.count / total);
    mean = count == 0 ? later.mean : mean + distance * later.count / total;
    count = total;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public double mean() {
    return mean;
  }

  @Override
  public double squares() {
    return squares;
  }

  @Override
  public long heap() {
    return 40;
  }

  @Override
  public void save(StateWriter out) {
    out.writeLong(count);
    out.writeDouble(mean);
    out.writeDouble(squares);
  }

  @Override
  public void restore(StateReader in) {
    count = in.readLong();
    mean = in.readDouble();
    squares = in.readDouble();
  }
}
