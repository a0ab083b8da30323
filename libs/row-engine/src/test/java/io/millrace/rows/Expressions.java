package io.millrace.rows;

import io.millrace.flow.query.QueryCompiler;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Evaluates expressions over one row, through the language and the generated code. */
final class Expressions {

  /**
   * Columns of every type, named by it; each has a twin that is not null, for instance i and i1.
   */
  static final RowType ROW =
      RowType.of(
          Field.nullable("b", DataType.BOOLEAN),
          Field.nullable("i", DataType.INT),
          Field.nullable("l", DataType.BIGINT),
          Field.nullable("f", DataType.FLOAT),
          Field.nullable("d", DataType.DOUBLE),
          Field.nullable("n", DataType.decimal(12, 3)),
          Field.nullable("s", DataType.STRING),
          Field.nullable("y", DataType.BYTES),
          Field.nullable("dt", DataType.DATE),
          Field.nullable("tm", DataType.TIME),
          Field.nullable("ts", DataType.TIMESTAMP),
          Field.nullable("j", DataType.JSON),
          Field.nullable("arr", DataType.array(DataType.INT)),
          Field.nullable("m", DataType.map(DataType.STRING)),
          Field.nullable(
              "r",
              DataType.row(
                  List.of(
                      Field.required("x", DataType.INT), Field.nullable("z", DataType.STRING)))),
          Field.required("i1", DataType.INT),
          Field.required("s1", DataType.STRING));

  private Expressions() {}

  static Object[] nulls() {
    Object[] row = new Object[ROW.size()];
    row[15] = 7;
    row[16] = "seven";
    return row;
  }

  static Object[] row(Object... namesAndValues) {
    Object[] row = nulls();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row[ROW.indexOf((String) namesAndValues[i]).orElseThrow()] = namesAndValues[i + 1];
    }
    return row;
  }

  static StatelessQuery query(String select) {
    return StatelessQuery.compile(new QueryCompiler().compile(select, Map.of("t", ROW), List.of()));
  }

  /** The value, or the {@link RowError} that its computation ended in. */
  static Object eval(String expression, Object... namesAndValues) {
    List<Object> results = new ArrayList<>();
    query("SELECT " + expression + " AS v FROM t")
        .process("t", List.<Object[]>of(row(namesAndValues)), CacheReader.NONE, sink(results));
    return results.getFirst();
  }

  static RowSink sink(List<Object> results) {
    return new RowSink() {
      @Override
      public void row(int index, Object[] row) {
        results.add(row[0]);
      }

      @Override
      public void failed(RowError error) {
        results.add(error);
      }
    };
  }

  static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }
}
