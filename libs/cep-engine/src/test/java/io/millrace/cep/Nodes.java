package io.millrace.cep;

import io.millrace.flow.stateful.Aggregation;
import io.millrace.flow.stateful.Node;
import io.millrace.flow.stateful.Window;
import io.millrace.flow.type.CalciteTypes;
import io.millrace.flow.type.FlowTypeFactory;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;

/** Nodes by hand, for tests of single operators. */
public final class Nodes {

  private static final FlowTypeFactory TYPES = new FlowTypeFactory();

  private Nodes() {}

  public static RelDataType type(DataType type) {
    return CalciteTypes.toCalcite(type, true, TYPES);
  }

  public static Node leaf(DataType... columns) {
    List<Field> fields = new ArrayList<>();
    for (DataType column : columns) {
      fields.add(Field.nullable("c" + fields.size(), column));
    }
    return new Node.Leaf(0, List.of(), CalciteTypes.toCalcite(new RowType(fields), TYPES), -1);
  }

  /** A call over columns of a node. */
  public static Aggregation call(Node input, String function, DataType type, Integer... arguments) {
    return new Aggregation(
        function,
        List.of(arguments),
        List.of(arguments).stream().map(a -> input.row().getFieldList().get(a).getType()).toList(),
        false,
        -1,
        List.of(),
        type(type));
  }

  public static Aggregation distinct(Aggregation call) {
    return new Aggregation(
        call.function(),
        call.arguments(),
        call.argumentTypes(),
        true,
        call.filter(),
        call.order(),
        call.type());
  }

  public static Aggregation filtered(Aggregation call, int condition) {
    return new Aggregation(
        call.function(),
        call.arguments(),
        call.argumentTypes(),
        call.distinct(),
        condition,
        call.order(),
        call.type());
  }

  public static Node.WindowAggregate windowAggregate(
      Node input, Window window, int time, List<Integer> keys, List<Aggregation> calls) {
    return new Node.WindowAggregate(input, window, time, keys, calls, input.row());
  }
}
