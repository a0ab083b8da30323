package io.millrace.cep;

import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Node;
import io.millrace.flow.stateful.Signatures;
import io.millrace.flow.stateful.StatefulPlan;
import io.millrace.rows.ErrorCode;
import io.millrace.rows.RowError;
import io.millrace.rows.RowFunction;
import io.millrace.rows.library.RowException;
import io.millrace.rows.time.SourceClock;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;

/** The operators of one task, tied together; rows are pushed, times are told from below upwards. */
final class Graph {

  /** Operators, each before those that read it. */
  private final List<Vertex> vertices = new ArrayList<>();

  /** Where the rows of each leaf go. */
  private final List<Step> entries = new ArrayList<>();

  private final TaskGroups groups = new TaskGroups();

  private final RexBuilder rex;
  private final Signatures signatures;
  private final TaskOutput output;
  private Times root = new Times();

  private Graph(RexBuilder rex, Signatures signatures, int leaves, TaskOutput output) {
    this.rex = rex;
    this.signatures = signatures;
    this.output = output;
    for (int i = 0; i < leaves; i++) {
      entries.add(null);
    }
  }

  static Graph of(StatefulPlan plan, Signatures signatures, TaskOutput output) {
    return of(List.of(plan.root()), plan, signatures, output);
  }

  /**
   * A graph of a part of a plan.
   *
   * @param tops what is above them is left out
   */
  static Graph of(List<Node> tops, StatefulPlan plan, Signatures signatures, TaskOutput output) {
    Graph graph = new Graph(plan.rex(), signatures, plan.leaves().size(), output);
    for (Node top : tops) {
      graph.root.add(
          graph.build(
              top,
              (row, time) -> {
                output.row(row, time);
                return true;
              }));
    }
    return graph;
  }

  /** A graph of one operator that all leaves lead to, each as an input. */
  static Graph of(Operator operator, int leaves, TaskOutput output) {
    Graph graph = new Graph(null, null, leaves, output);
    Vertex vertex = new Vertex(operator, "");
    for (int i = 0; i < leaves; i++) {
      vertex.inputs.leaves.add(i);
      graph.entries.set(i, new OperatorInput(operator, i));
    }
    graph.vertices.add(vertex);
    graph.root = Times.vertex(vertex);
    return graph;
  }

  /** Where the rows of a leaf go; null when no operator reads it. */
  Step entry(int leaf) {
    return entries.get(leaf);
  }

  /**
   * Tells the operators how far time has come.
   *
   * @param watermarks by leaf
   */
  void advance(long[] watermarks) {
    for (int i = 0; i < vertices.size(); i++) {
      vertices.get(i).advance(watermarks);
    }
  }

  /**
   * The time that what comes out has reached: no row that is still to come has this time or one
   * before.
   *
   * @param watermarks by leaf
   */
  long reached(long[] watermarks) {
    return root.reached(watermarks);
  }

  boolean waits() {
    for (Vertex vertex : vertices) {
      if (vertex.operator.waits()) {
        return true;
      }
    }
    return false;
  }

  /** How many bytes of heap all operators take, about. */
  long remembers() {
    long bytes = 0;
    for (Vertex vertex : vertices) {
      bytes += vertex.operator.remembers();
    }
    return bytes;
  }

  /** What is written down beside the rest. */
  TaskGroups groups() {
    return groups;
  }

  /** Writes everything but groups. */
  void save(StateWriter out) {
    out.writeInt(vertices.size());
    for (Vertex vertex : vertices) {
      out.writeString(vertex.signature);
      int begun = out.begin();
      out.writeLong(vertex.watermark);
      vertex.operator.save(out);
      out.end(begun);
    }
  }

  /** Restores the operators that are saved; the others stay as they are. */
  void restore(SavedTask saved) {
    for (Vertex vertex : vertices) {
      StateReader in = saved.take(vertex.signature);
      if (in != null) {
        vertex.watermark = in.readLong();
        vertex.operator.restore(in);
      }
    }
  }

  /** Adds what computes a node; returns what its time follows from. */
  private Times build(Node node, Step out) {
    return switch (node) {
      case Node.Leaf leaf -> {
        entries.set(leaf.index(), out);
        yield Times.leaf(leaf.index());
      }
      case Node.Calc calc -> build(calc.input(), calc(calc, out));
      case Node.Union union -> {
        Times all = new Times();
        for (Node input : union.inputs()) {
          all.add(build(input, out));
        }
        yield all;
      }
      default -> {
        Next next = new Next(out, output);
        Operator operator = Operators.of(node, rex, next);
        Vertex vertex = new Vertex(operator, signatures.of(node).digest());
        for (int i = 0; i < node.inputs().size(); i++) {
          Step input =
              node instanceof Node.Windowed
                  ? new PassingInput(operator, next)
                  : new OperatorInput(operator, i);
          vertex.inputs.add(build(node.inputs().get(i), input));
        }
        vertices.add(vertex);
        groups.add(operator);
        yield Times.vertex(vertex);
      }
    };
  }

  private Step calc(Node.Calc calc, Step out) {
    RowFunction function =
        RowFunction.compile(rex, calc.input().row(), calc.condition(), calc.projection());
    return (row, time) -> {
      Object[] result;
      try {
        result = function.apply(row);
      } catch (RowException e) {
        output.failed(error(e));
        return true;
      }
      return result == null || out.row(result, time);
    };
  }

  static RowError error(RowException e) {
    ErrorCode code = e.code();
    return new RowError(-1, code, e.getMessage(), e.expression());
  }

  /**
   * What comes behind an operator. A row that cannot be processed there is an error of its own: the
   * operator goes on with its other rows.
   */
  private static final class Next implements Rows {
    private final Step out;
    private final TaskOutput output;

    /** Whether the rows since the last look were taken, and whether any was late. */
    private boolean taken;

    private boolean late;

    Next(Step out, TaskOutput output) {
      this.out = out;
      this.output = output;
    }

    @Override
    public void row(Object[] row, long time) {
      try {
        if (out.row(row, time)) {
          taken = true;
        } else {
          late = true;
        }
      } catch (RowException e) {
        failed(e);
      }
    }

    @Override
    public void failed(RowException reason) {
      taken = true;
      output.failed(error(reason));
    }

    private void look() {
      taken = false;
      late = false;
    }

    private boolean wereAllLate() {
      return late && !taken;
    }
  }

  /**
   * An operator that hands rows on at once and lets those behind it say what is late: a row is when
   * all are that it gives.
   */
  private record PassingInput(Operator operator, Next next) implements Step {
    @Override
    public boolean row(Object[] row, long time) {
      next.look();
      return operator.event(0, row, time) && !next.wereAllLate();
    }
  }

  private record OperatorInput(Operator operator, int input) implements Step {
    @Override
    public boolean row(Object[] row, long time) {
      return operator.event(input, row, time);
    }
  }

  /** What decides how far the time of an input has come. */
  private static final class Times {
    final List<Integer> leaves = new ArrayList<>();
    final List<Vertex> vertices = new ArrayList<>();

    static Times leaf(int index) {
      Times times = new Times();
      times.leaves.add(index);
      return times;
    }

    static Times vertex(Vertex vertex) {
      Times times = new Times();
      times.vertices.add(vertex);
      return times;
    }

    void add(Times others) {
      leaves.addAll(others.leaves);
      vertices.addAll(others.vertices);
    }

    long reached(long[] watermarks) {
      long low = Long.MAX_VALUE;
      for (int i = 0; i < leaves.size(); i++) {
        low = Math.min(low, watermarks[leaves.get(i)]);
      }
      for (int i = 0; i < vertices.size(); i++) {
        Vertex vertex = vertices.get(i);
        long reached = vertex.watermark;
        low =
            Math.min(
                low, reached == SourceClock.NONE ? reached : reached - vertex.operator.delay());
      }
      return low;
    }
  }

  private static final class Vertex {
    final Operator operator;
    final String signature;
    final Times inputs = new Times();
    long watermark = SourceClock.NONE;

    Vertex(Operator operator, String signature) {
      this.operator = operator;
      this.signature = signature;
    }

    void advance(long[] watermarks) {
      long low = inputs.reached(watermarks);
      if (low > watermark) {
        watermark = low;
        operator.advance(low);
      }
    }
  }
}
