package io.millrace.cep.window;

import io.millrace.cep.operator.Operator;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/** Two operators, the first of which gives its rows to the second. */
record Chain(Operator first, Operator second) implements Operator {

  @Override
  public boolean event(int input, Object[] row, long time) {
    return first.event(input, row, time);
  }

  @Override
  public void advance(long watermark) {
    first.advance(watermark);
    second.advance(watermark);
  }

  @Override
  public long delay() {
    return second.delay();
  }

  @Override
  public boolean waits() {
    return first.waits() || second.waits();
  }

  @Override
  public long remembers() {
    return first.remembers() + second.remembers();
  }

  @Override
  public void save(StateWriter out) {
    first.save(out);
    second.save(out);
  }

  @Override
  public void restore(StateReader in) {
    first.restore(in);
    second.restore(in);
  }
}
