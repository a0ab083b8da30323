package io.millrace.flow.query;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/**
 * What becomes of the events of one stream: the steps in their order, then the projection. A query
 * is the concatenation (UNION ALL) of its branches; a stream may feed several.
 *
 * @param stream the name of the input
 * @param steps filters and cache look-ups; filters stand as early as what they read allows
 * @param row the row as it is after the last step: the stream's columns, then those of each cache
 *     in the order of the look-ups, nullable after an outer one
 * @param projection one expression for each column of the output, over {@code row}, of exactly the
 *     output's type but for nullability
 */
public record Branch(String stream, List<Step> steps, RelDataType row, List<RexNode> projection) {

  public Branch {
    steps = List.copyOf(steps);
    projection = List.copyOf(projection);
  }
}
