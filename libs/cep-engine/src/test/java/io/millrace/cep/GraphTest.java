package io.millrace.cep;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.query.QueryCompiler;
import io.millrace.rows.RowError;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GraphTest {

  private static final RowType SALES =
      RowType.of(
          Field.nullable("shop", DataType.STRING),
          Field.nullable("amount", DataType.BIGINT),
          Field.nullable("ts", DataType.TIMESTAMP));

  private final List<String> given = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();

  private StatefulTask task(String sql) {
    StatefulQuery query =
        StatefulQuery.compile(
                new QueryCompiler().compileStateful(sql, Map.of("sales", SALES), List.of()))
            .named("best");
    TaskOutput output =
        new TaskOutput() {
          @Override
          public void row(Object[] row, long time) {
            given.add(Arrays.toString(row));
          }

          @Override
          public void failed(RowError error) {
            refused.add(error.message());
          }
        };
    return query.task(Map.of(), Long.MAX_VALUE / 2, output);
  }

  private void sale(StatefulTask task, String shop, long amount, long second) {
    task.process(
        "sales",
        List.<Object[]>of(new Object[] {shop, amount, second * 1_000_000}),
        new long[1],
        new int[1],
        new Refusals() {
          @Override
          public void late(int index, long watermark) {
            refused.add(shop + " is late");
          }

          @Override
          public void failed(RowError error) {
            refused.add(error.message());
          }
        });
  }

  @Test
  void aRowIsLateWhenTheStepBehindItsWindowsSaysSo() {
    StatefulTask task =
        task(
            """
            SELECT shop, amount FROM (
              SELECT *, ROW_NUMBER() OVER (
                PARTITION BY window_start, window_end ORDER BY amount DESC) AS place
              FROM TABLE(TUMBLE(TABLE sales, DESCRIPTOR(ts), INTERVAL '10' SECOND)))
            WHERE place = 1
            """);
    sale(task, "a", 1, 1);
    sale(task, "b", 2, 2);
    sale(task, "c", 3, 11);
    sale(task, "d", 4, 9);
    assertThat(given).containsExactly("[b, 2]");
    assertThat(refused).containsExactly("d is late");
  }

  @Test
  void aResultThatDoesNotFitIsAnErrorOfItsOwn() {
    StatefulTask task =
        task(
            """
            SELECT shop, SUM(amount) AS total
            FROM TABLE(TUMBLE(TABLE sales, DESCRIPTOR(ts), INTERVAL '10' SECOND))
            GROUP BY shop, window_start, window_end
            """);
    sale(task, "a", Long.MAX_VALUE, 1);
    sale(task, "a", 1, 1);
    sale(task, "b", 2, 2);
    sale(task, "c", 3, 11);
    assertThat(given).containsExactly("[b, 2]");
    assertThat(refused).containsExactly("the result of SUM does not fit BIGINT");
  }

  /** The message of a limit said what to do, and not in which of many queries. */
  @Test
  void aPatternThatHoldsTooMuchSaysInWhichQuery() {
    StatefulTask task =
        task(
            """
            SELECT * FROM sales MATCH_RECOGNIZE (
              PARTITION BY shop ORDER BY ts MEASURES C.amount AS last_amount
              ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW
              PATTERN ((A | B)+ C) WITHIN INTERVAL '1' MINUTE
              DEFINE C AS C.amount > LAST(A.amount) + LAST(B.amount)) AS m
            """);
    for (int second = 0; second < 20; second++) {
      sale(task, "a", 1, second);
    }
    assertThat(refused)
        .singleElement()
        .asString()
        .startsWith("query best: MATCH_RECOGNIZE: more than 10000 ways to match are open");
  }
}
