package io.millrace.flow.plan;

import io.millrace.flow.query.Branch;
import io.millrace.flow.query.Step;
import io.millrace.flow.stateful.Node;
import io.millrace.flow.stateful.StatefulPlan;
import io.millrace.schemas.event.ChangeEvents;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;

/**
 * How the rows of a stateful query's leaves are spread over its tasks, and which leaves can read
 * their streams as they are: those whose streams already are spread that way.
 *
 * @param positions which of the plan's distribution columns are the key, in its order; empty: there
 *     is one task
 * @param partitions how many tasks there are
 * @param direct for each leaf whether it reads its streams itself
 */
record Spread(List<Integer> positions, int partitions, List<Boolean> direct) {

  /** The key of the streams that a leaf reads, as positions in the distribution. */
  private record Key(List<Integer> positions, int partitions) {}

  static Spread of(StatefulPlan plan, Map<String, StreamInfo> streams) {
    List<Node.Leaf> leaves = plan.leaves();
    boolean keyed = !plan.distribution().isEmpty() && !plan.distribution().get(0).isEmpty();
    List<Boolean> lone =
        leaves.stream().map(l -> joinsNothing(l) && hasOnePartition(l, streams)).toList();
    if (!keyed || lone.stream().allMatch(l -> l)) {
      return new Spread(List.of(), 1, lone);
    }
    List<Key> keys =
        leaves.stream().map(l -> key(l, plan.distribution().get(l.index()), streams)).toList();
    Key all =
        new Key(
            IntStream.range(0, plan.distribution().get(0).size()).boxed().toList(),
            most(leaves, streams));
    Key chosen = keys.stream().filter(Objects::nonNull).findFirst().orElse(all);
    return new Spread(
        chosen.positions(), chosen.partitions(), keys.stream().map(chosen::equals).toList());
  }

  /** The names of the streams that a leaf reads. */
  static Set<String> inputs(Node.Leaf leaf) {
    Set<String> names = new LinkedHashSet<>();
    leaf.branches().forEach(b -> names.add(b.stream()));
    return names;
  }

  /** The names of the caches that a leaf joins. */
  static Set<String> caches(Node.Leaf leaf) {
    Set<String> names = new LinkedHashSet<>();
    for (Branch branch : leaf.branches()) {
      for (Step step : branch.steps()) {
        if (step instanceof Step.Lookup lookup) {
          names.add(lookup.cache());
        }
      }
    }
    return names;
  }

  private static boolean joinsNothing(Node.Leaf leaf) {
    return caches(leaf).isEmpty();
  }

  private static boolean hasOnePartition(Node.Leaf leaf, Map<String, StreamInfo> streams) {
    return inputs(leaf).stream().allMatch(s -> streams.get(s).partitions() == 1);
  }

  private static int most(List<Node.Leaf> leaves, Map<String, StreamInfo> streams) {
    return leaves.stream()
        .flatMap(l -> inputs(l).stream())
        .mapToInt(s -> streams.get(s).partitions())
        .max()
        .orElse(1);
  }

  /** How a leaf's streams are keyed; null when their key is not one of the distribution. */
  private static Key key(
      Node.Leaf leaf, List<Integer> distribution, Map<String, StreamInfo> streams) {
    Key common = null;
    for (Branch branch : leaf.branches()) {
      StreamInfo stream = streams.get(branch.stream());
      List<Integer> positions = positions(branch, stream, distribution);
      Key key = positions.isEmpty() ? null : new Key(positions, stream.partitions());
      if (key == null || (common != null && !common.equals(key))) {
        return null;
      }
      common = key;
    }
    return joinsNothing(leaf) ? common : null;
  }

  private static List<Integer> positions(
      Branch branch, StreamInfo stream, List<Integer> distribution) {
    List<Integer> positions = new ArrayList<>();
    for (String column : stream.key()) {
      int at = -1;
      for (int i = 0; i < distribution.size() && at < 0; i++) {
        if (Partitioning.is(branch.projection().get(distribution.get(i)), stream, column)) {
          at = i;
        }
      }
      if (at < 0) {
        return List.of();
      }
      positions.add(at);
    }
    return stream.isChanges() && !leavesDeletesOut(branch) ? List.of() : positions;
  }

  /**
   * Whether only changes with an {@code after} come through; the others have a key, but NULL in the
   * columns of {@code after}, and rows of equal NULLs would be in several partitions.
   */
  private static boolean leavesDeletesOut(Branch branch) {
    for (Step step : branch.steps()) {
      if (step instanceof Step.Filter filter) {
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.condition())) {
          if (conjunct instanceof RexCall call && (noDelete(call) || needsAfter(call))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean noDelete(RexCall call) {
    return call.getOperands().size() == 2
        && call.getOperands().get(0) instanceof RexInputRef ref
        && ref.getIndex() == ChangeEvents.OP
        && call.getOperands().get(1) instanceof RexLiteral literal
        && (call.getKind() == SqlKind.NOT_EQUALS) == "d".equals(literal.getValueAs(String.class))
        && (call.getKind() == SqlKind.NOT_EQUALS || call.getKind() == SqlKind.EQUALS);
  }

  private static boolean needsAfter(RexCall call) {
    if (!SqlKind.COMPARISON.contains(call.getKind()) && call.getKind() != SqlKind.IS_NOT_NULL) {
      return false;
    }
    return call.getOperands().stream().anyMatch(Spread::isFieldOfAfter);
  }

  private static boolean isFieldOfAfter(RexNode node) {
    boolean[] found = {false};
    if (node instanceof org.apache.calcite.rex.RexFieldAccess) {
      node.accept(
          new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitInputRef(RexInputRef ref) {
              found[0] |= ref.getIndex() == ChangeEvents.AFTER;
              return null;
            }
          });
    }
    return found[0];
  }
}
