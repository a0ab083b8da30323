package io.millrace.cep;

import io.millrace.cep.operator.Operator;
import io.millrace.flow.query.Branch;
import io.millrace.flow.stateful.Node;
import io.millrace.flow.stateful.Signatures;
import io.millrace.flow.stateful.StatefulPlan;
import io.millrace.rows.ErrorCode;
import io.millrace.rows.RowError;
import io.millrace.rows.time.InputTime;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntToLongFunction;

/** A stateful query, compiled. Immutable and thread-safe; tasks are not. */
public final class StatefulQuery {

  private final List<Source> sources;
  private final int leaves;
  private final RowType output;
  private final long horizon;
  private final boolean groups;
  private final IntToLongFunction resultLag;
  private final Function<TaskOutput, Graph> graphs;
  private final List<String> signatures;
  private final Function<byte[], Optional<Takeover>> takeovers;

  private StatefulQuery(
      List<Source> sources,
      int leaves,
      RowType output,
      long horizon,
      boolean groups,
      IntToLongFunction resultLag,
      Function<TaskOutput, Graph> graphs,
      List<String> signatures,
      Function<byte[], Optional<Takeover>> takeovers) {
    this.sources = List.copyOf(sources);
    this.leaves = leaves;
    this.output = output;
    this.horizon = horizon;
    this.groups = groups;
    this.resultLag = resultLag;
    this.graphs = graphs;
    this.signatures = List.copyOf(signatures);
    this.takeovers = takeovers;
  }

  /** Compiles a query of streams of which nothing but their columns is known. */
  public static StatefulQuery compile(StatefulPlan plan) {
    return compile(plan, List.of());
  }

  /**
   * Compiles what the language has validated.
   *
   * @param streams those that it reads
   * @throws io.millrace.rows.UnsupportedQueryException if it holds what no operator does
   */
  public static StatefulQuery compile(StatefulPlan plan, Collection<StreamDefinition> streams) {
    Signatures signatures = new Signatures(streams);
    List<Source> sources = new ArrayList<>();
    for (Node.Leaf leaf : plan.leaves()) {
      for (Branch branch : leaf.branches()) {
        sources.add(Source.of(leaf, branch, plan.rex(), signatures.clock(leaf, branch)));
      }
    }
    // Said now and not when the first task starts.
    Graph.of(plan, signatures, new Nowhere());
    List<String> all = new ArrayList<>(signatures.clocks(plan));
    signatures.all(plan).forEach(signature -> all.add(signature.digest()));
    return new StatefulQuery(
        sources,
        plan.leaves().size(),
        plan.output(),
        -1,
        keepsGroups(plan.root()),
        column -> ResultTime.lag(plan.root(), column),
        out -> Graph.of(plan, signatures, out),
        all,
        state -> Optional.of(Takeover.of(plan, sources, signatures, state)));
  }

  /**
   * A query of one operator that cannot save what it remembers.
   *
   * @param streams its inputs in their order, with the times of their records
   * @param horizon how far back in event time what it remembers reaches, microseconds
   */
  public static StatefulQuery of(
      List<String> streams, RowType output, long horizon, Function<TaskOutput, Operator> operator) {
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < streams.size(); i++) {
      sources.add(new Source(streams.get(i), i, null, -1, null, streams.get(i)));
    }
    return new StatefulQuery(
        sources,
        streams.size(),
        output,
        horizon,
        false,
        column -> column < 0 ? 0 : -1,
        out -> Graph.of(operator.apply(out), streams.size(), out),
        List.of(),
        state -> Optional.empty());
  }

  private static boolean keepsGroups(Node node) {
    return node instanceof Node.GroupAggregate
        || node.inputs().stream().anyMatch(StatefulQuery::keepsGroups);
  }

  /** The same where a limit that it hits is told with its name. */
  public StatefulQuery named(String name) {
    return new StatefulQuery(
        sources,
        leaves,
        output,
        horizon,
        groups,
        resultLag,
        out -> graphs.apply(new Named(name, out)),
        signatures,
        takeovers);
  }

  /** The streams that it reads, by name. */
  public List<String> inputs() {
    Set<String> names = new LinkedHashSet<>();
    sources.forEach(source -> names.add(source.stream()));
    return List.copyOf(names);
  }

  /** The columns of what comes out. */
  public RowType output() {
    return output;
  }

  /** Whether tasks can save what they remember; if not, they are rebuilt from their horizon. */
  public boolean saves() {
    return horizon < 0;
  }

  /** Whether tasks remember groups beyond windows, which are saved beside the rest. */
  public boolean keepsGroups() {
    return groups;
  }

  /** How far back what a task remembers reaches, in microseconds of event time; -1 if it saves. */
  public long horizonMicros() {
    return horizon;
  }

  /**
   * By how much a column of a result may lie behind {@link StatefulTask#resultWatermark}.
   *
   * @param column of {@link #output}; -1 for the time that the result is given with
   * @return microseconds; -1 if it is not known
   */
  public long resultLag(int column) {
    return resultLag.applyAsLong(column);
  }

  /**
   * Makes a task with nothing remembered.
   *
   * @param times what is known of the time of the inputs, by name
   * @param idle how long an input has to be silent until time goes on without it, microseconds
   * @param out takes what it gives, within its calls
   */
  public StatefulTask task(Map<String, InputTime> times, long idle, TaskOutput out) {
    return new StatefulTask(sources, leaves, graphs.apply(out), Clocks.of(sources, times, idle));
  }

  /** What state of this query follows from: it changes when such state would be of no use. */
  public List<String> signatures() {
    return signatures;
  }

  /**
   * What of another query's state can be gone on with.
   *
   * @param state what a task of it has saved
   * @return empty when nothing can be known of that
   * @throws IllegalArgumentException if the format is another one
   */
  public Optional<Takeover> takeOver(byte[] state) {
    return takeovers.apply(state);
  }

  /** Says which query it is whose pattern holds too much: that is no fault of any one event. */
  private record Named(String name, TaskOutput out) implements TaskOutput {
    @Override
    public void row(Object[] row, long time) {
      out.row(row, time);
    }

    @Override
    public void failed(RowError error) {
      out.failed(
          error.code() == ErrorCode.OPEN_MATCHES
              ? new RowError(
                  error.index(),
                  error.code(),
                  "query %s: %s".formatted(name, error.message()),
                  error.expression())
              : error);
    }
  }
}
