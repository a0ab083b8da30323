package io.millrace.flow.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.diagnostic.Diagnostics;
import io.millrace.flow.diagnostic.ScriptText;
import io.millrace.flow.parser.ScriptParser;
import io.millrace.flow.stateful.StatefulPlan;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text that a plan carries can be read again, and means what was written. */
class CanonicalSqlTest {

  private static final RowType EVENT =
      RowType.of(
          Field.required("id", DataType.INT),
          Field.nullable("k", DataType.STRING),
          Field.nullable("v", DataType.DOUBLE),
          Field.required("ts", DataType.TIMESTAMP));
  private static final Map<String, RowType> STREAMS = Map.of("a", EVENT, "b", EVENT);

  /** The place of the pattern in the queries below. */
  private static final String MATCH =
      "MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts MEASURES X.id AS x, Y.id AS y ONE ROW PER MATCH"
          + " AFTER MATCH SKIP PAST LAST ROW PATTERN (X Y) DEFINE Y AS Y.v > X.v) AS m";

  private static final RelationResolver RESOLVER =
      new RelationResolver() {
        @Override
        public Relation resolve(List<String> names, SqlParserPos pos) {
          return Relation.stream(names.getLast(), STREAMS.get(names.getLast()), Set.of());
        }

        @Override
        public Relation model(List<String> names, SqlParserPos pos) {
          return null;
        }
      };

  /** The brackets around the input of a pattern or a window were lost unless it was a SELECT. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM a %s",
        "SELECT * FROM (SELECT id, k, v, ts FROM a WHERE v > 0) %s",
        "SELECT * FROM (SELECT * FROM a UNION ALL SELECT * FROM b) %s",
        "SELECT * FROM (TABLE a) %s",
        "SELECT * FROM (WITH w AS (SELECT * FROM a WHERE v > 0) SELECT * FROM w) %s",
        "SELECT * FROM (WITH w AS (SELECT * FROM a) SELECT * FROM w UNION ALL SELECT * FROM b) %s",
        "SELECT x + y AS z FROM (SELECT * FROM a UNION ALL (SELECT * FROM b)) %s WHERE x > 1",
        "SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE((SELECT * FROM (SELECT * FROM a"
            + " UNION ALL SELECT * FROM b)), DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end",
        "SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE((SELECT * FROM (WITH w AS (SELECT *"
            + " FROM a WHERE v > 0) SELECT * FROM w)), DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start,"
            + " window_end",
        "SELECT k, window_start, COUNT(*) AS n FROM TABLE(SESSION((SELECT * FROM (SELECT * FROM a UNION"
            + " ALL SELECT * FROM b)) PARTITION BY k, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY k,"
            + " window_start, window_end",
        "SELECT window_start, COUNT(*) AS n FROM TABLE(HOP(TABLE a, DESCRIPTOR(ts), INTERVAL '1'"
            + " MINUTE, INTERVAL '2' MINUTE)) GROUP BY window_start, window_end",
        "SELECT u.id FROM (SELECT * FROM a UNION ALL SELECT * FROM b) AS u JOIN b ON u.k = b.k AND"
            + " u.ts BETWEEN b.ts AND b.ts + INTERVAL '1' MINUTE",
      })
  void meansWhatWasWritten(String written) {
    String sql = written.formatted(MATCH);
    Diagnostics diagnostics = new Diagnostics(new ScriptText(sql));
    SqlNode query = new ScriptParser(QueryCompiler.CONFORMANCE).query(diagnostics);
    AnalyzedQuery analyzed = new QueryAnalyzer(RESOLVER, diagnostics, 0).analyze(query, true);
    assertThat(diagnostics.sorted()).isEmpty();
    assertThat(steps(analyzed.sql())).isEqualTo(steps(sql));
  }

  private static String steps(String sql) {
    StatefulPlan plan = new QueryCompiler().compileStateful(sql, STREAMS, List.of());
    StringBuilder out = new StringBuilder(plan.output().sql()).append('\n');
    StatefulQueriesTest.write(plan.root(), "", out);
    return out.toString();
  }
}
