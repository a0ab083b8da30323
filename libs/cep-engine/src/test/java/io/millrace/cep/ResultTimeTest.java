package io.millrace.cep;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.query.QueryCompiler;
import io.millrace.flow.stateful.StatefulPlan;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which columns of a result say its time, and how late at most. */
class ResultTimeTest {

  private static final RowType ROW =
      RowType.of(
          Field.required("k", DataType.STRING),
          Field.required("v", DataType.BIGINT),
          Field.required("ts", DataType.TIMESTAMP));

  private static final String TUMBLE =
      "SELECT k, window_start, window_end, MAX(ts) AS latest FROM TABLE(TUMBLE(TABLE s,"
          + " DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY k, window_start, window_end";
  private static final String OVER =
      "SELECT k, ts, ts + INTERVAL '1' SECOND AS later, SUM(v) OVER (PARTITION BY k ORDER BY ts"
          + " RANGE BETWEEN INTERVAL '10' SECOND PRECEDING AND CURRENT ROW) AS n FROM s";
  private static final String MATCH =
      "SELECT k, began, ended FROM s MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts MEASURES A.ts AS"
          + " began, B.ts AS ended PATTERN (A B) WITHIN INTERVAL '30' SECOND DEFINE B AS B.v > 0)";
  private static final String JOIN =
      "SELECT a.k, a.ts AS ts_a, b.ts AS ts_b FROM s AS a JOIN t AS b ON a.k = b.k AND b.ts BETWEEN"
          + " a.ts AND a.ts + INTERVAL '5' SECOND";
  private static final String GROUP =
      "SELECT k, COUNT(*) AS n, MAX(ts) AS latest FROM s GROUP BY k";

  @ParameterizedTest(name = "{0}, column {1}")
  @CsvSource({
    "TUMBLE, -1, 0",
    "TUMBLE, 0, -1",
    "TUMBLE, 1, 60000000",
    "TUMBLE, 2, 0",
    "TUMBLE, 3, -1",
    "OVER, 1, 0",
    "OVER, 2, -1",
    "MATCH, 1, 30000000",
    "MATCH, 2, 0",
    "JOIN, 1, 0",
    "JOIN, 2, 0",
    "GROUP, -1, -1",
    "GROUP, 2, -1"
  })
  void lagOfAColumn(String query, int column, long lag) {
    StatefulPlan plan =
        new QueryCompiler().compileStateful(sql(query), Map.of("s", ROW, "t", ROW), List.of());
    assertThat(ResultTime.lag(plan.root(), column)).isEqualTo(lag);
  }

  private static String sql(String query) {
    return switch (query) {
      case "TUMBLE" -> TUMBLE;
      case "OVER" -> OVER;
      case "MATCH" -> MATCH;
      case "JOIN" -> JOIN;
      default -> GROUP;
    };
  }
}
