package io.millrace.flow.stateful;

import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.type.RelDataType;

/**
 * One call of an aggregate function.
 *
 * @param function the function's name in upper case, for instance SUM or PERCENTILE_CONT
 * @param arguments columns of the input; constants are columns too
 * @param argumentTypes their types
 * @param distinct whether equal arguments count once
 * @param filter the BOOLEAN column of the input that has to be TRUE (FILTER), or -1
 * @param order the order that the function asks for (WITHIN GROUP), else empty
 * @param type what comes out
 */
public record Aggregation(
    String function,
    List<Integer> arguments,
    List<RelDataType> argumentTypes,
    boolean distinct,
    int filter,
    List<RelFieldCollation> order,
    RelDataType type) {

  public Aggregation {
    arguments = List.copyOf(arguments);
    argumentTypes = List.copyOf(argumentTypes);
    order = List.copyOf(order);
  }
}
