package io.millrace.flow.stateful;

import io.millrace.flow.query.Branch;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/**
 * A step of a stateful query. Numbers of columns count from 0; a {@code time} is a TIMESTAMP column
 * of the input.
 */
public sealed interface Node {

  /** The columns of what comes out. */
  RelDataType row();

  /** What it reads. */
  List<Node> inputs();

  /**
   * Where events come in: stateless queries over streams.
   *
   * @param index its position among the leaves
   * @param branches how its rows are made of the streams' events; every branch gives {@code row}
   * @param time the column that is the event's time, or -1 for the time of the stream's event
   * @param origin how its rows are made in the end: where another query does the work of the leaf,
   *     what that one does; else the same branches
   */
  record Leaf(int index, List<Branch> branches, RelDataType row, int time, List<Branch> origin)
      implements Node {
    public Leaf {
      branches = List.copyOf(branches);
      origin = List.copyOf(origin);
    }

    /** A leaf that does its own work. */
    public Leaf(int index, List<Branch> branches, RelDataType row, int time) {
      this(index, branches, row, time, branches);
    }

    /** Whether another query does its work. */
    public boolean isPart() {
      return !branches.equals(origin);
    }

    @Override
    public List<Node> inputs() {
      return List.of();
    }
  }

  /**
   * A filter and a projection of each row by itself.
   *
   * @param condition over the input's row; null: all rows
   */
  record Calc(Node input, RexNode condition, List<RexNode> projection, RelDataType row)
      implements Node {
    public Calc {
      projection = List.copyOf(projection);
    }

    @Override
    public List<Node> inputs() {
      return List.of(input);
    }
  }

  /** The rows of several inputs of equal columns. */
  record Union(List<Node> inputs, RelDataType row) implements Node {
    public Union {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * Puts each row into its windows: the input's columns, then window_start, window_end and
   * window_time (the last moment, one millisecond before the end). A row comes out once for each
   * window that it is in; those of a session when the session ends.
   */
  record Windowed(Node input, Window window, int time, RelDataType row) implements Node {
    @Override
    public List<Node> inputs() {
      return List.of(input);
    }
  }

  /**
   * Aggregates by window and key; a row comes out when its window ends, and only for keys that had
   * a row. Columns: the keys, window_start, window_end, window_time, the aggregations.
   */
  record WindowAggregate(
      Node input,
      Window window,
      int time,
      List<Integer> keys,
      List<Aggregation> aggregations,
      RelDataType row)
      implements Node {
    public WindowAggregate {
      keys = List.copyOf(keys);
      aggregations = List.copyOf(aggregations);
    }

    @Override
    public List<Node> inputs() {
      return List.of(input);
    }
  }

  /**
   * Aggregates rows that already carry their window (the output of a windowed step), once more by
   * window and other keys: the window is over when {@code time} is passed. Columns: the keys, then
   * the aggregations.
   *
   * @param windowEnd the column of {@code keys}' input that holds the window's end
   */
  record AttachedAggregate(
      Node input,
      int windowEnd,
      List<Integer> keys,
      List<Aggregation> aggregations,
      RelDataType row)
      implements Node {
    public AttachedAggregate {
      keys = List.copyOf(keys);
      aggregations = List.copyOf(aggregations);
    }

    @Override
    public List<Node> inputs() {
      return List.of(input);
    }
  }

  /**
   * Aggregates by key without a window: after each row the new result of its key comes out. Without
   * aggregations (DISTINCT) only the first row of each key. Columns: the keys, then the
   * aggregations.
   *
   * @param retention how long a key is remembered that no row comes for, microseconds of event
   *     time; up to a quarter more. 0: for ever
   */
  record GroupAggregate(
      Node input,
      List<Integer> keys,
      List<Aggregation> aggregations,
      long retention,
      RelDataType row)
      implements Node {
    public GroupAggregate {
      keys = List.copyOf(keys);
      aggregations = List.copyOf(aggregations);
    }

    @Override
    public List<Node> inputs() {
      return List.of(input);
    }
  }

  /**
   * Functions over the rows before each row (OVER), which come out in the order of their time: the
   * input's columns, then the calls' results. The frame ends at the current row. With a RANGE frame
   * rows of equal time count for one another.
   *
   * @param partition columns of the input
   * @param time what it is ordered by
   * @param range the frame's length in time, or {@link #UNBOUNDED}; -1 with a ROWS frame
   * @param rows how many rows before the current one the frame has, or {@link #UNBOUNDED}; -1 with
   *     a RANGE frame
   * @param calls SUM and so on over the frame; LAG (value, offset, default) and ROW_NUMBER without
   *     regard to it; FIRST_VALUE, LAST_VALUE over it
   */
  record Over(
      Node input,
      List<Integer> partition,
      int time,
      long range,
      long rows,
      List<Aggregation> calls,
      RelDataType row)
      implements Node {
    public static final long UNBOUNDED = Long.MAX_VALUE;

    public Over {
      partition = List.copyOf(partition);
      calls = List.copyOf(calls);
    }

    @Override
    public List<Node> inputs() {
      return List.of(input);
    }
  }

  /**
   * The first rows of each partition of a window, when the window has ended, in their order: the
   * input's columns, then the row's number (ROW_NUMBER, from 1).
   *
   * @param windowEnd the column of the input that holds the window's end; it is in {@code
   *     partition}
   * @param order at least one column; ties by order of arrival
   * @param from the first number that comes out, from 1
   * @param to the last number that comes out
   */
  record WindowTop(
      Node input,
      List<Integer> partition,
      int windowEnd,
      List<RelFieldCollation> order,
      long from,
      long to,
      RelDataType row)
      implements Node {
    public WindowTop {
      partition = List.copyOf(partition);
      order = List.copyOf(order);
    }

    @Override
    public List<Node> inputs() {
      return List.of(input);
    }
  }

  /** The first row of each key by time, for ever: the input's columns, then the number 1. */
  record Deduplicate(Node input, List<Integer> keys, int time, RelDataType row) implements Node {
    public Deduplicate {
      keys = List.copyOf(keys);
    }

    @Override
    public List<Node> inputs() {
      return List.of(input);
    }
  }

  /**
   * Rows of two inputs with equal keys whose times are near: the right time lies from the left time
   * plus {@code lower} to the left time plus {@code upper}, both inclusive. The left columns, then
   * the right ones (not with SEMI and ANTI). A row without a partner comes out, where the kind asks
   * for it, when none can come any more.
   *
   * @param kind INNER, LEFT, RIGHT, FULL, SEMI or ANTI
   * @param condition what else has to be TRUE, over the columns of both; or null
   */
  record IntervalJoin(
      Node left,
      Node right,
      JoinRelType kind,
      List<Integer> leftKeys,
      List<Integer> rightKeys,
      int leftTime,
      int rightTime,
      long lower,
      long upper,
      RexNode condition,
      RelDataType row)
      implements Node {
    public IntervalJoin {
      leftKeys = List.copyOf(leftKeys);
      rightKeys = List.copyOf(rightKeys);
    }

    @Override
    public List<Node> inputs() {
      return List.of(left, right);
    }
  }

  /**
   * Rows of two inputs that are in the same window and have equal keys, when the window has ended.
   *
   * @param kind INNER, LEFT, RIGHT, FULL, SEMI or ANTI
   * @param leftWindowEnd the column with the window's end; start and end are among the keys
   * @param condition what else has to be TRUE, over the columns of both; or null
   */
  record WindowJoin(
      Node left,
      Node right,
      JoinRelType kind,
      List<Integer> leftKeys,
      List<Integer> rightKeys,
      int leftWindowEnd,
      int rightWindowEnd,
      RexNode condition,
      RelDataType row)
      implements Node {
    public WindowJoin {
      leftKeys = List.copyOf(leftKeys);
      rightKeys = List.copyOf(rightKeys);
    }

    @Override
    public List<Node> inputs() {
      return List.of(left, right);
    }
  }

  /**
   * MATCH_RECOGNIZE, one row a match: the partition columns, then the measures.
   *
   * @param partition columns of the input
   * @param time what it is ordered by
   * @param within the longest time from a match's first row to its last, exclusive as in Flink SQL;
   *     0 when there is none, which only patterns of a bounded number of rows may have
   * @param rel pattern, definitions and measures as Calcite has them
   */
  record Match(
      Node input,
      List<Integer> partition,
      int time,
      long within,
      org.apache.calcite.rel.core.Match rel,
      RelDataType row)
      implements Node {
    public Match {
      partition = List.copyOf(partition);
    }

    @Override
    public List<Node> inputs() {
      return List.of(input);
    }
  }
}
