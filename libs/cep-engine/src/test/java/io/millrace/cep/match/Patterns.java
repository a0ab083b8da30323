package io.millrace.cep.match;

import io.millrace.flow.query.QueryCompiler;
import io.millrace.flow.stateful.Node;
import io.millrace.flow.stateful.StatefulPlan;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rex.RexBuilder;

/** MATCH_RECOGNIZE clauses over ticks, through the language. */
record Patterns(Node.Match node, RexBuilder rex) {

  /** Symbol, time, price, tax, number. */
  private static final RowType TICKS =
      RowType.of(
          Field.nullable("symbol", DataType.STRING),
          Field.required("ts", DataType.TIMESTAMP),
          Field.nullable("price", DataType.INT),
          Field.nullable("tax", DataType.INT),
          Field.required("id", DataType.INT));

  static final long SECOND = 1_000_000;

  /** A clause behind PARTITION BY symbol ORDER BY ts. */
  static Patterns of(String clause) {
    return parse("PARTITION BY symbol " + "ORDER BY ts " + clause);
  }

  static Patterns parse(String clauses) {
    StatefulPlan plan =
        new QueryCompiler()
            .compileStateful(
                "SELECT * FROM ticks MATCH_RECOGNIZE (" + clauses + ") AS m",
                Map.of("ticks", TICKS),
                List.of());
    Node node = plan.root();
    while (!(node instanceof Node.Match)) {
      node = node.inputs().getFirst();
    }
    return new Patterns((Node.Match) node, plan.rex());
  }

  static Object[] tick(String symbol, int second, Integer price, Integer tax, int id) {
    return new Object[] {symbol, second * SECOND, price, tax, id};
  }
}
