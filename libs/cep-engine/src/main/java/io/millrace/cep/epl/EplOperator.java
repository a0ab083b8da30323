package io.millrace.cep.epl;

import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.EventPropertyGetter;
import io.millrace.cep.TaskOutput;
import io.millrace.cep.operator.Operator;
import io.millrace.cep.order.HeldRows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.rows.RowError;
import io.millrace.rows.library.RowException;

/**
 * Feeds an {@link Engine} in the order of event time: rows wait until the watermark passes them,
 * and the engine's clock goes on in the steps of the grid, to the step that a row is in before the
 * row is sent. What the engine sees is so a function of the rows and their times, and neither of
 * batches nor of how often time is told.
 *
 * <p>With epochs, time is cut into stretches of one length. In each stretch the engine is, by
 * definition, one that was fed everything since the beginning of the stretch before: while one
 * engine gives the rows of a stretch, the next one is fed beside it in silence.
 */
final class EplOperator implements Operator {
  private static final long LONGEST_SILENCE = 31L * 24 * 3600 * 1_000_000;
  private static final int MOST_EMPTY_EPOCHS = 1000;

  private final EplQuery query;
  private final String name;

  /** By the task's input, which of the query's it is; -1 for those that the query does not read. */
  private final int[] places;

  private final TaskOutput out;
  private final long grid;
  private final long epoch;

  /** Rows whose time has not come, each with its place. */
  private final HeldRows<Integer> held = new HeldRows<>();

  private long watermark = Long.MIN_VALUE;
  private Engine engine;
  private Engine next;
  private long epochEnd = Long.MAX_VALUE;
  private long clock;
  private boolean inRow;
  private long rowTime;
  private long lastOutput = Long.MIN_VALUE;

  EplOperator(EplQuery query, String name, int[] places, TaskOutput out) {
    this.query = query;
    this.name = name;
    this.places = places;
    this.out = out;
    this.grid = query.gridMicros();
    this.epoch = query.epochMicros();
  }

  @Override
  public boolean event(int input, Object[] row, long time) {
    if (time <= watermark) {
      return false;
    }
    if (places[input] < 0) {
      return true;
    }
    held.add(row, time, places[input]);
    return true;
  }

  @Override
  public void advance(long watermark) {
    this.watermark = watermark;
    while (held.due(watermark)) {
      long time = held.time();
      int place = held.found();
      feed(place, held.take(), time);
    }
    if (watermark < Long.MAX_VALUE) {
      long step = Math.floorDiv(watermark + 1, grid) * grid;
      if (engine == null) {
        start(step);
      }
      clockTo(step);
    }
  }

  private void feed(int place, Object[] row, long time) {
    long step = Math.floorDiv(time, grid) * grid;
    if (engine == null) {
      start(step);
    }
    clockTo(step);
    inRow = true;
    rowTime = time;
    try {
      engine.send(place, row);
      if (next != null) {
        next.send(place, row);
      }
    } finally {
      inRow = false;
    }
  }

  private void start(long time) {
    clock = time;
    engine = query.engine(name, time);
    speak(engine);
    if (epoch > 0) {
      epochEnd = Math.floorDiv(time, epoch) * epoch + epoch;
      next = query.engine(name, time);
    }
  }

  private void speak(Engine engine) {
    EventPropertyGetter[] getters = query.columns().getters(engine.outputType());
    engine.listen(event -> give(engine, getters, event));
  }

  private void give(Engine from, EventPropertyGetter[] getters, EventBean event) {
    // Times within a step are not ordered between rows and timers; what goes out is.
    lastOutput = Math.max(lastOutput, inRow ? rowTime : from.time());
    Object[] row;
    try {
      row = query.columns().row(getters, event);
    } catch (RowException e) {
      out.failed(new RowError(-1, e.code(), e.getMessage(), e.expression()));
      return;
    }
    out.row(row, lastOutput);
  }

  private void clockTo(long time) {
    if (epoch > 0 && (time - epochEnd) / epoch > MOST_EMPTY_EPOCHS) {
      // Nothing came for that long: what would be fed to the engines between is nothing.
      turn();
      turn();
      epochEnd = Math.floorDiv(time, epoch) * epoch - epoch;
    }
    while (time >= epochEnd) {
      turn();
    }
    if (epoch == 0 && time - clock > LONGEST_SILENCE + 2 * query.horizonMicros()) {
      leap(time);
    }
    if (time > clock) {
      clock = time;
      engine.advance(time);
      if (next != null) {
        next.advance(time);
      }
    }
  }

  /**
   * Passes over a silence in which an engine would do nothing but ring its clocks, each second of
   * years: what it remembered runs out, and another one begins where what matters now begins.
   */
  private void leap(long time) {
    engine.advance(clock + query.horizonMicros());
    clock = time - query.horizonMicros();
    engine = query.engine(name, clock);
    speak(engine);
  }

  /** Ends an epoch: the engine that was fed beside takes over, and a new one is fed beside it. */
  private void turn() {
    long end = epochEnd;
    if (end > clock) {
      engine.advance(end);
      next.advance(end);
      clock = end;
    }
    engine = next;
    speak(engine);
    next = query.engine(name, end);
    epochEnd = end + epoch;
  }

  @Override
  public long delay() {
    return grid;
  }

  @Override
  public boolean waits() {
    return engine != null || held.size() > 0;
  }

  /** Of the rows that wait; what the engine holds is not known. */
  @Override
  public long remembers() {
    return held.heap();
  }

  @Override
  public void save(StateWriter state) {
    throw new UnsupportedOperationException("EPL keeps no state that can be saved");
  }

  @Override
  public void restore(StateReader state) {
    throw new UnsupportedOperationException("EPL keeps no state that can be saved");
  }
}
