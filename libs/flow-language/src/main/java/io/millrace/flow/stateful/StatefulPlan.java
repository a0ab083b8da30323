package io.millrace.flow.stateful;

import io.millrace.schemas.type.RowType;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;

/**
 * A validated stateful query.
 *
 * @param output the columns of what comes out, those of the root but for their names
 * @param root the last step
 * @param leaves where events come in, each with its index in this list
 * @param distribution for each leaf the columns of its row whose equal values have to meet in one
 *     task; the lists of all leaves are of one length and belong together by position. Empty lists:
 *     everything has to meet in one task
 * @param outputKeys for each position of the distribution the column of the output that has its
 *     value, or -1
 * @param rex builds further expressions in the same type system
 */
public record StatefulPlan(
    RowType output,
    Node root,
    List<Node.Leaf> leaves,
    List<List<Integer>> distribution,
    List<Integer> outputKeys,
    RexBuilder rex) {

  public StatefulPlan {
    leaves = List.copyOf(leaves);
    distribution = distribution.stream().map(List::copyOf).toList();
    outputKeys = List.copyOf(outputKeys);
  }
}
