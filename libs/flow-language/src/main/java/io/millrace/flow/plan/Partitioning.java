package io.millrace.flow.plan;

import io.millrace.flow.query.Branch;
import io.millrace.flow.query.CompiledQuery;
import io.millrace.schemas.event.ChangeEvents;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * How the output of a query is partitioned that does not say so: as its input, where the columns of
 * the input's key are all in the output unchanged. So events of one key stay in their order through
 * any number of queries.
 */
final class Partitioning {

  private final CompiledQuery query;
  private final Map<String, StreamInfo> inputs;

  Partitioning(CompiledQuery query, Map<String, StreamInfo> inputs) {
    this.query = query;
    this.inputs = inputs;
  }

  /** Names of columns of the output; empty when the inputs' partitioning does not carry over. */
  List<String> inherited() {
    List<String> common = null;
    for (Branch branch : query.branches()) {
      List<String> columns = of(branch);
      if (common != null && !common.equals(columns)) {
        return List.of();
      }
      common = columns;
    }
    return common == null ? List.of() : common;
  }

  private List<String> of(Branch branch) {
    StreamInfo input = inputs.get(branch.stream());
    List<String> columns = new ArrayList<>();
    for (String column : input.key()) {
      int found = position(branch, input, column);
      if (found < 0) {
        return List.of();
      }
      columns.add(query.output().field(found).name());
    }
    return columns;
  }

  private static int position(Branch branch, StreamInfo input, String column) {
    for (int i = 0; i < branch.projection().size(); i++) {
      if (is(branch.projection().get(i), input, column)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether a value of a branch is a column of its input (of the table, for changes). */
  static boolean is(RexNode value, StreamInfo input, String column) {
    if (input.isChanges()) {
      RowType table = ChangeEvents.tableOf(input.row);
      return value instanceof RexFieldAccess field
          && field.getReferenceExpr() instanceof RexInputRef ref
          && ref.getIndex() == ChangeEvents.AFTER
          && field.getField().getIndex() == table.indexOf(column).orElse(-1);
    }
    return value instanceof RexInputRef ref
        && ref.getIndex() == input.row.indexOf(column).orElse(-1);
  }
}
