package io.millrace.cep.epl;

import com.espertech.esper.common.client.EPCompiled;
import io.millrace.cep.StatefulQuery;
import io.millrace.cep.TaskOutput;
import io.millrace.cep.operator.Operator;
import io.millrace.schemas.type.RowType;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An EPL query: one select, and before it any number of {@code insert into} for the streams that it
 * reads beside those of the script. Time is event time in microseconds, in steps of {@link
 * EplLimits#grid}. Immutable and thread-safe.
 */
public final class EplQuery {

  private final EPCompiled compiled;
  private final Map<String, RowType> streams;
  private final RowType output;
  private final OutputColumns columns;
  private final EplLimits limits;
  private final long horizon;
  private final long epoch;

  EplQuery(
      EPCompiled compiled,
      Map<String, RowType> streams,
      RowType output,
      OutputColumns columns,
      EplLimits limits,
      long horizon,
      long epoch) {
    this.compiled = compiled;
    this.streams = streams;
    this.output = output;
    this.columns = columns;
    this.limits = limits;
    this.horizon = horizon;
    this.epoch = epoch;
  }

  /**
   * Checks and compiles a text. The text is not trusted: what it may use is listed, and the call
   * ends within the time that the limits give.
   *
   * @param streams the streams that it may read, by name
   * @param output the columns that it has to give
   * @throws EplException with everything that is wrong, by line and column of the text
   */
  public static EplQuery compile(
      String epl, Map<String, RowType> streams, RowType output, EplLimits limits)
      throws EplException {
    return CompileThreads.call(
        epl, limits.compilation(), () -> new Compilation(epl, streams, output, limits).run());
  }

  /** The streams that it reads, in the order of the operator's inputs. */
  public List<String> inputs() {
    return List.copyOf(streams.keySet());
  }

  public RowType output() {
    return output;
  }

  /** How far back in event time its state reaches, microseconds. */
  public long horizonMicros() {
    return horizon;
  }

  /**
   * The query as tasks run it.
   *
   * @param name what a limit that it hits is told with
   * @param fed the streams that tasks are given, at least {@link #inputs}; of others the time
   *     counts and the rows do not
   */
  public StatefulQuery stateful(String name, List<String> fed) {
    if (!fed.containsAll(streams.keySet())) {
      throw new IllegalArgumentException("the query reads " + inputs() + ", it is given " + fed);
    }
    int[] places = fed.stream().mapToInt(inputs()::indexOf).toArray();
    return StatefulQuery.of(fed, output, horizon, out -> new EplOperator(this, name, places, out));
  }

  /** A new operator for rows of {@link #inputs}, with nothing remembered. */
  public Operator operator(String name, TaskOutput out) {
    return new EplOperator(this, name, IntStream.range(0, streams.size()).toArray(), out);
  }

  Engine engine(String name, long start) {
    return new Engine(name, Settings.of(streams, limits), compiled, inputs(), start);
  }

  OutputColumns columns() {
    return columns;
  }

  long gridMicros() {
    return limits.grid().toNanos() / 1000;
  }

  /** The length of an epoch, microseconds; 0 when state has a bound of its own. */
  long epochMicros() {
    return epoch;
  }
}
