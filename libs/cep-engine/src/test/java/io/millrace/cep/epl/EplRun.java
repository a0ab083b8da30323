package io.millrace.cep.epl;

import io.millrace.cep.TaskOutput;
import io.millrace.cep.operator.Operator;
import io.millrace.rows.RowError;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One operator and what came out of it, as texts {@code seconds [values]}. */
final class EplRun implements TaskOutput {

  static final long SECOND = 1_000_000;

  /** Orders(id, Product, quantity, price, at) and Payments(order_id, amount, at). */
  static final Map<String, RowType> STREAMS = new LinkedHashMap<>();

  static {
    STREAMS.put(
        "Orders",
        RowType.of(
            new Field("id", DataType.INT, true),
            new Field("Product", DataType.STRING, true),
            new Field("quantity", DataType.BIGINT, true),
            new Field("price", DataType.decimal(10, 2), true),
            new Field("weight", DataType.DOUBLE, true),
            new Field("at", DataType.TIMESTAMP, true)));
    STREAMS.put(
        "payments",
        RowType.of(
            new Field("order_id", DataType.INT, true),
            new Field("amount", DataType.decimal(10, 2), true),
            new Field("paid", DataType.TIMESTAMP, true)));
    STREAMS.put(
        "changes",
        RowType.of(
            new Field("op", DataType.STRING, false),
            new Field("after", DataType.row(List.of(new Field("id", DataType.INT, true))), true),
            new Field("tags", DataType.array(DataType.STRING), true)));
  }

  final List<String> rows = new ArrayList<>();
  final List<String> failures = new ArrayList<>();
  final Operator operator;
  private final EplQuery query;

  EplRun(EplQuery query) {
    this.query = query;
    this.operator = query.operator("unpaid", this);
  }

  static EplQuery compile(String epl, RowType output) throws EplException {
    return EplQuery.compile(epl, STREAMS, output, EplLimits.defaults());
  }

  static EplRun of(String epl, RowType output) throws EplException {
    return new EplRun(compile(epl, output));
  }

  boolean send(String stream, double seconds, Object... row) {
    return operator.event(query.inputs().indexOf(stream), row, micros(seconds));
  }

  /** All rows up to that time have come. */
  void until(double seconds) {
    operator.advance(micros(seconds) - 1);
  }

  static long micros(double seconds) {
    return Math.round(seconds * SECOND);
  }

  @Override
  public void row(Object[] row, long time) {
    rows.add(time / (double) SECOND + " " + Arrays.deepToString(row));
  }

  @Override
  public void failed(RowError error) {
    failures.add(error.message());
  }
}
