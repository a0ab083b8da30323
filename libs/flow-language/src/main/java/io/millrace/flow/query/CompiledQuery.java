package io.millrace.flow.query;

import io.millrace.schemas.type.RowType;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;

/**
 * A validated stateless query.
 *
 * @param output the columns of what comes out
 * @param branches what becomes of the events of each input; empty when nothing can come out
 * @param rel the relational tree that the branches were taken from, for explanations; null for a
 *     leaf of a stateful query
 * @param rexBuilder builds further expressions in the same type system; its type factory is a
 *     {@link io.millrace.flow.type.FlowTypeFactory}
 */
public record CompiledQuery(
    RowType output, List<Branch> branches, RelNode rel, RexBuilder rexBuilder) {

  public CompiledQuery {
    branches = List.copyOf(branches);
  }
}
