package io.millrace.cep.aggregate;

import io.millrace.flow.stateful.Aggregation;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelFieldCollation;

/** The columns that a call needs: its arguments, then those it orders by. */
record Columns(int[] columns, int arguments) {

  static Columns of(Aggregation call) {
    return new Columns(
        Stream.concat(
                call.arguments().stream(),
                call.order().stream().map(RelFieldCollation::getFieldIndex))
            .mapToInt(Integer::intValue)
            .toArray(),
        call.arguments().size());
  }

  /** The same call over rows that have just these columns; neither DISTINCT nor FILTER. */
  Aggregation narrowed(Aggregation call) {
    List<RelFieldCollation> order =
        IntStream.range(0, call.order().size())
            .mapToObj(i -> call.order().get(i).withFieldIndex(arguments + i))
            .toList();
    return new Aggregation(
        call.function(),
        IntStream.range(0, arguments).boxed().toList(),
        call.argumentTypes(),
        false,
        -1,
        order,
        call.type());
  }

  /** Just these columns of a row. */
  Object[] of(Object[] row) {
    Object[] values = new Object[columns.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = row[columns[i]];
    }
    return values;
  }

  /** What equal arguments have in common. */
  Object key(Object[] values) {
    return ValueKey.of(values, arguments);
  }
}
