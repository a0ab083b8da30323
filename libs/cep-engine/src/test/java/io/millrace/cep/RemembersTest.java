package io.millrace.cep;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.query.QueryCompiler;
import io.millrace.rows.RowError;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What tasks say that they remember, beside what the heap says, after a restart, and when it is
 * over. All events come within less than an hour.
 */
class RemembersTest {

  private static final RowType EVENT =
      RowType.of(
          Field.nullable("k", DataType.STRING),
          Field.nullable("v", DataType.BIGINT),
          Field.nullable("x", DataType.DOUBLE),
          Field.nullable("t", DataType.STRING),
          Field.required("ts", DataType.TIMESTAMP));

  private static final int EVENTS = 60_000;
  private static final int BATCH = 1000;
  private static final long STEP = 20_000;

  private static StatefulQuery query(String sql) {
    return StatefulQuery.compile(
        new QueryCompiler().compileStateful(sql, Map.of("a", EVENT, "b", EVENT), List.of()));
  }

  private static StatefulTask task(StatefulQuery query) {
    return query.task(Map.of(), Long.MAX_VALUE / 2, new Nowhere());
  }

  /** Fresh objects, as from a decoder. */
  private static void feed(StatefulTask task, StatefulQuery query, int keys, int events) {
    List<String> inputs = query.inputs();
    for (int from = 0; from < events; from += BATCH) {
      for (int input = 0; input < inputs.size(); input++) {
        List<Object[]> rows = new ArrayList<>();
        for (int i = from + input; i < from + BATCH; i += inputs.size()) {
          String key = "key number " + (i % keys);
          rows.add(new Object[] {key, i + 1000L, i / 7.0, "a text " + i, i * STEP});
        }
        task.process(inputs.get(input), rows, new long[BATCH], new int[BATCH], new Nowhere());
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          group         | false | 100000 | SELECT k, COUNT(*) AS n, SUM(v) AS s, AVG(x) AS x FROM a GROUP BY k
          latest text   | false | 50000  | SELECT k, LAST_VALUE(t) AS t, MIN(v) AS v FROM a GROUP BY k
          distinct rows | false | 100000 | SELECT DISTINCT k, v FROM a
          count distinct| false | 10     | SELECT k, COUNT(DISTINCT t) AS n FROM a GROUP BY k
          percentile    | false | 10     | SELECT k, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY v) AS m FROM a GROUP BY k
          tumble        | true  | 100000 | SELECT k, SUM(v) AS s, STDDEV_POP(x) AS d, window_end FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '1' HOUR)) GROUP BY k, window_start, window_end
          hop           | true  | 50000  | SELECT k, COUNT(*) AS n, window_end FROM TABLE(HOP(TABLE a, DESCRIPTOR(ts), INTERVAL '10' MINUTE, INTERVAL '2' HOUR)) GROUP BY k, window_start, window_end
          cumulate      | true  | 50000  | SELECT k, COUNT(*) AS n, window_end FROM TABLE(CUMULATE(TABLE a, DESCRIPTOR(ts), INTERVAL '10' MINUTE, INTERVAL '2' HOUR)) GROUP BY k, window_start, window_end
          session       | true  | 50000  | SELECT k, COUNT(*) AS n, MAX(v) AS v, window_end FROM TABLE(SESSION(TABLE a PARTITION BY k, DESCRIPTOR(ts), INTERVAL '1' HOUR)) GROUP BY k, window_start, window_end
          session rows  | true  | 10000  | SELECT k, COUNT(*) AS n, window_end FROM TABLE(SESSION(TABLE a, DESCRIPTOR(ts), INTERVAL '1' HOUR)) GROUP BY k, window_start, window_end
          over range    | true  | 1000   | SELECT k, ts, SUM(v) OVER (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW) AS s FROM a
          over keys     | true  | 50000  | SELECT k, ts, MAX(x) OVER (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW) AS s FROM a
          over rows     | false | 1000   | SELECT k, ts, SUM(x) OVER (PARTITION BY k ORDER BY ts ROWS BETWEEN 200 PRECEDING AND CURRENT ROW) AS s FROM a
          lag           | false | 50000  | SELECT k, ts, LAG(t) OVER (PARTITION BY k ORDER BY ts) AS s FROM a
          far lag       | false | 100    | SELECT k, ts, LAG(t, 900) OVER (PARTITION BY k ORDER BY ts) AS s FROM a
          deduplicate   | false | 100000 | SELECT k, v, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts) AS n FROM a) WHERE n = 1
          window top    | true  | 50000  | SELECT k, v FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, k ORDER BY v DESC) AS n FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '1' HOUR))) WHERE n <= 2
          interval join | true  | 50000  | SELECT a.k, b.v FROM a JOIN b ON a.k = b.k AND b.ts BETWEEN a.ts - INTERVAL '1' HOUR AND a.ts + INTERVAL '1' HOUR
          window join   | true  | 50000  | SELECT l.k, r.v FROM (SELECT * FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '1' HOUR))) AS l JOIN (SELECT * FROM TABLE(TUMBLE(TABLE b, DESCRIPTOR(ts), INTERVAL '1' HOUR))) AS r ON l.k = r.k AND l.window_start = r.window_start AND l.window_end = r.window_end
          match         | true  | 10000  | SELECT * FROM a MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts MEASURES A.v AS a, LAST(B.v) AS b ONE ROW PER MATCH PATTERN (A B+ C) WITHIN INTERVAL '1' HOUR DEFINE B AS B.v > A.v, C AS C.v < A.v) AS m
          """)
  void isAboutWhatTheHeapHolds(String name, boolean ends, int keys, String sql) {
    StatefulQuery query = query(sql);
    feed(task(query), query, keys, BATCH);
    StatefulTask task = task(query);
    long before = heap();
    feed(task, query, keys, EVENTS);
    long held = heap() - before;
    long remembers = task.remembers();
    assertThat(held).as(name).isGreaterThan(1_000_000);
    assertThat(remembers).isBetween(held / 2, held * 2);

    StatefulTask restored = task(query);
    SavedState.of(task).restore(restored);
    assertThat(restored.remembers()).isBetween(remembers * 9 / 10, remembers * 11 / 10);

    task.advance(Long.MAX_VALUE);
    restored.advance(Long.MAX_VALUE);
    if (ends) {
      assertThat(task.remembers()).isBetween(0L, 1000L);
      assertThat(restored.remembers()).isBetween(0L, 1000L);
    } else {
      assertThat(task.remembers()).isGreaterThan(remembers / 2);
    }
  }

  /** What is in use; what only compilers and references hold on to is let go of after a while. */
  private static long heap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
      LockSupport.parkNanos(30_000_000);
    }
    return least;
  }

  private static final class Nowhere implements TaskOutput, Refusals {
    @Override
    public void row(Object[] row, long time) {}

    @Override
    public void late(int index, long watermark) {}

    @Override
    public void failed(RowError error) {
      throw new AssertionError(error.toString());
    }
  }
}
