package io.millrace.cep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.flow.query.QueryCompiler;
import io.millrace.rows.RowError;
import io.millrace.rows.time.InputTime;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A query goes on with what another one has saved: where it keeps all state it gives what it would
 * have given had it run from the beginning.
 */
class TakeoverTest {

  private static final long NEVER_IDLE = Long.MAX_VALUE / 2;
  private static final int EVENTS = 600;
  private static final int SAVED = 250;
  private static final int CHANGED = 320;

  private static final RowType THEN =
      RowType.of(
          Field.required("k", DataType.STRING),
          Field.nullable("v", DataType.BIGINT),
          Field.required("ts", DataType.TIMESTAMP));

  /** With columns more. */
  private static final RowType NOW =
      RowType.of(
          Field.nullable("note", DataType.STRING),
          Field.required("k", DataType.STRING),
          Field.nullable("v", DataType.BIGINT),
          Field.nullable("w", DataType.BIGINT),
          Field.required("ts", DataType.TIMESTAMP));

  private static final String COUNTS =
      """
      SELECT k, window_start AS since, window_end AS until, COUNT(*) AS n, SUM(v) AS s
      FROM TABLE(%s(TABLE a, DESCRIPTOR(ts), %s)) GROUP BY k, window_start, window_end
      """;
  private static final String TUMBLE = COUNTS.formatted("TUMBLE", "INTERVAL '10' SECOND");
  private static final String HOP =
      COUNTS.formatted("HOP", "INTERVAL '5' SECOND, INTERVAL '15' SECOND");
  private static final String SESSION =
      "SELECT k, window_start AS since, window_end AS until, COUNT(*) AS n, SUM(v) AS s"
          + " FROM TABLE(SESSION(TABLE a PARTITION BY k, DESCRIPTOR(ts), INTERVAL '2' SECOND))"
          + " GROUP BY k, window_start, window_end";
  private static final String OVER =
      """
      SELECT k, v, ts, SUM(v) OVER w AS s, COUNT(*) OVER (PARTITION BY k ORDER BY ts) AS n
      FROM a WINDOW w AS (PARTITION BY k ORDER BY ts ROWS 3 PRECEDING)
      """;
  private static final String MATCH =
      """
      SELECT * FROM (SELECT k, v, ts FROM a) AS r MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts MEASURES %s
        AFTER MATCH SKIP PAST LAST ROW PATTERN (UP DOWN+ UP) WITHIN INTERVAL '20' SECOND
        DEFINE UP AS UP.v > 5, DOWN AS DOWN.v <= 5) AS m
      """;
  private static final String JOIN =
      """
      SELECT a.k AS k, a.v AS x, b.v AS y, a.ts AS ts FROM a LEFT JOIN b
      ON a.k = b.k AND b.ts BETWEEN a.ts - INTERVAL '3' SECOND AND a.ts + INTERVAL '3' SECOND
      """;
  private static final String GROUP = "SELECT k, SUM(v) AS s, MAX(v) AS m FROM a GROUP BY k";

  /** The same step twice. */
  private static final String BOTH =
      "SELECT k, s + m AS x FROM (%s) AS l UNION ALL SELECT k, s - m AS x FROM (%s) AS r"
          .formatted(GROUP, GROUP);

  private static String above(String columns, String query, String condition) {
    return "SELECT %s FROM (%s) AS t WHERE %s".formatted(columns, query, condition);
  }

  static Stream<Arguments> kept() {
    return Stream.of(
        Arguments.of(TUMBLE, TUMBLE),
        Arguments.of(TUMBLE, above("s * 2 AS s, k, since", TUMBLE, "n > 1")),
        Arguments.of(HOP, above("k, n", HOP, "s > 20")),
        Arguments.of(SESSION, above("until, k, s + n AS x", SESSION, "n > 1")),
        Arguments.of(OVER, above("n, s, ts, v, k", OVER, "s > 12")),
        Arguments.of(
            MATCH.formatted("FIRST(UP.v) AS x"),
            MATCH.formatted("LAST(UP.ts) AS at, SUM(DOWN.v) AS s, FIRST(UP.v) AS x")),
        Arguments.of(JOIN, above("y, k, ts, x", JOIN, "COALESCE(y, 1) <= x")),
        Arguments.of(GROUP, above("m - s AS d, k", GROUP, "s > 100")),
        Arguments.of(GROUP, BOTH),
        Arguments.of(BOTH, above("s, m, k", GROUP, "s > 100")));
  }

  private record Event(String stream, String k, long v, long ts) {
    Object[] row(RowType columns) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("k", k);
      values.put("v", v);
      values.put("ts", ts);
      return columns.fields().stream().map(field -> values.get(field.name())).toArray();
    }
  }

  private static List<Event> events() {
    Random random = new Random(20);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      events.add(
          new Event(
              random.nextInt(3) == 0 ? "b" : "a",
              "k" + random.nextInt(4),
              random.nextInt(10),
              (i * 400L + random.nextInt(1500)) * 1000));
    }
    return events;
  }

  private static StatefulQuery compile(String sql, RowType columns) {
    return StatefulQuery.compile(
        new QueryCompiler().compileStateful(sql, Map.of("a", columns, "b", columns), List.of()));
  }

  private static Map<String, InputTime> times(long lateness) {
    return Map.of("a", InputTime.ofLateness(lateness), "b", InputTime.ofLateness(lateness));
  }

  private static void feed(
      StatefulTask task, StatefulQuery query, Event event, RowType columns, Refusals refusals) {
    if (query.inputs().contains(event.stream())) {
      task.process(
          event.stream(),
          List.<Object[]>of(event.row(columns)),
          new long[] {event.ts()},
          new int[1],
          refusals);
    }
  }

  /** What a task saves that was fed nothing. */
  private static byte[] state(StatefulQuery query) {
    return SavedState.of(query.task(times(0), NEVER_IDLE, new Nowhere())).state();
  }

  /** A successor of a task. */
  private static StatefulTask moved(
      StatefulTask task, SavedState saved, StatefulQuery query, Output output) {
    saved.save(task);
    StatefulTask moved = query.task(times(2_000_000), NEVER_IDLE, output);
    saved.restore(moved);
    return moved;
  }

  /** What a query gives for the events from the moment of the change, having run before it. */
  private static List<String> fromTheBeginning(String sql) {
    Output output = new Output();
    StatefulQuery query = compile(sql, NOW);
    StatefulTask task = query.task(times(2_000_000), NEVER_IDLE, output);
    List<Event> events = events();
    for (int i = 0; i < EVENTS; i++) {
      if (i == CHANGED) {
        output.rows.clear();
      }
      feed(task, query, events.get(i), NOW, output);
    }
    task.advance(Long.MAX_VALUE);
    return output.rows;
  }

  /** What it gives when another one has run before the change. */
  private static List<String> after(String before, String sql, List<String> kept) {
    Output output = new Output();
    StatefulQuery old = compile(before, THEN);
    StatefulTask first = old.task(times(2_000_000), NEVER_IDLE, output);
    List<Event> events = events();
    for (int i = 0; i < SAVED; i++) {
      feed(first, old, events.get(i), THEN, output);
    }
    StatefulQuery query = compile(sql, NOW);
    SavedState saved = SavedState.of(first);
    Takeover takeover = query.takeOver(saved.state()).orElseThrow();
    kept.addAll(takeover.kept());
    StatefulTask task = query.task(times(2_000_000), NEVER_IDLE, output);
    if (!kept.isEmpty()) {
      saved.load(takeover.task());
      for (int i = SAVED; i < CHANGED; i++) {
        feed(takeover.task(), old, events.get(i), NOW, output);
      }
      task.continueFrom(takeover.task());
      task = moved(task, saved, query, output);
    }
    output.rows.clear();
    for (int i = CHANGED; i < EVENTS; i++) {
      feed(task, query, events.get(i), NOW, output);
    }
    task.advance(Long.MAX_VALUE);
    return output.rows;
  }

  @ParameterizedTest
  @MethodSource("kept")
  void goesOnWithAllThatItNeeds(String before, String sql) {
    List<String> kept = new ArrayList<>();
    List<String> rows = after(before, sql, kept);
    assertThat(kept).isNotEmpty();
    assertThat(rows).isNotEmpty().isEqualTo(fromTheBeginning(sql));
  }

  @Test
  void whatIsNewBeginsEmptyWithTheFirstEventAfterTheChange() {
    String sql =
        "SELECT SUM(n) AS n, MAX(s) AS s FROM (%s) AS t GROUP BY since, until".formatted(TUMBLE);
    List<String> kept = new ArrayList<>();
    List<String> rows = after(TUMBLE, sql, kept);
    assertThat(kept).containsExactly("window aggregation of a");
    // It had nothing in hand: its windows end when those below do.
    assertThat(rows).isEqualTo(fromTheBeginning(sql));
    String total = "SELECT k, SUM(n) AS n, MIN(s) AS s FROM (%s) AS t GROUP BY k".formatted(TUMBLE);
    Map<String, Long> sums = new LinkedHashMap<>();
    List<String> expected = new ArrayList<>();
    for (String window : fromTheBeginning(TUMBLE)) {
      String[] columns = window.substring(1, window.length() - 1).split(", ");
      long sum = sums.merge(columns[0], Long.parseLong(columns[3]), Long::sum);
      expected.add(columns[0] + ", " + sum);
    }
    assertThat(after(TUMBLE, total, new ArrayList<>()))
        .extracting(row -> row.substring(1, row.lastIndexOf(',')))
        .isEqualTo(expected);
  }

  @Test
  void nothingFitsWhenTheStepOrItsInputIsAnother() {
    byte[] state = state(compile(TUMBLE, THEN));
    for (String sql :
        List.of(
            HOP,
            TUMBLE.replace("SUM(v)", "MAX(v)"),
            TUMBLE.replace("TABLE a", "TABLE b"),
            TUMBLE.replace("TABLE a", "(SELECT * FROM a WHERE v > 1)"))) {
      Takeover takeover = compile(sql, NOW).takeOver(state).orElseThrow();
      assertThat(takeover.kept()).as(sql).isEmpty();
      assertThat(takeover.empty()).as(sql).hasSize(1);
    }
  }

  @Test
  void anInputMoreIsNoHindranceAndOneLessIs() {
    String both =
        "SELECT c.k, c.n, c.s, b.v FROM (%s) AS c JOIN b ON b.k = c.k AND".formatted(TUMBLE);
    both += " b.ts BETWEEN c.until - INTERVAL '5' SECOND AND c.until";
    StatefulQuery joined = compile(both, THEN);
    byte[] counts = state(compile(TUMBLE, THEN));
    Takeover more = joined.takeOver(counts).orElseThrow();
    assertThat(more.kept()).containsExactly("window aggregation of a");
    assertThat(more.empty()).containsExactly("join of a and b");
    byte[] whole = state(joined);
    assertThat(compile(TUMBLE, THEN).takeOver(whole).orElseThrow().kept()).isEmpty();
  }

  /** The rest of what the other query was fed is taken as it took it, not as it would be now. */
  @Test
  void anotherLatenessHoldsFromTheChangeOn() {
    Output output = new Output();
    StatefulQuery query = compile(TUMBLE, THEN);
    StatefulTask first = query.task(times(5_000_000), NEVER_IDLE, output);
    feed(first, query, new Event("a", "x", 1, 9_000_000), THEN, output);
    Takeover takeover = query.takeOver(SavedState.of(first).state()).orElseThrow();
    feed(takeover.task(), query, new Event("a", "x", 1, 12_000_000), THEN, output);
    feed(takeover.task(), query, new Event("a", "x", 1, 8_000_000), THEN, output);
    StatefulTask task = query.task(times(0), NEVER_IDLE, output);
    task.continueFrom(takeover.task());
    assertThat(output.rows).isEmpty();
    feed(task, query, new Event("a", "x", 1, 13_000_000), THEN, output);
    assertThat(output.rows).containsExactly("[x, 0, 10000000, 2, 2]");
  }

  @Test
  void stateOfAnotherFormatIsRefused() {
    StatefulQuery query = compile(TUMBLE, THEN);
    byte[] state = state(query);
    state[0] += 2; // Zig-zag.
    assertThatThrownBy(() -> query.takeOver(state))
        .hasMessage("the state has format 5, and this version reads format 4");
    StatefulTask task = query.task(times(0), NEVER_IDLE, new Nowhere());
    assertThatThrownBy(() -> task.restore(state)).isInstanceOf(IllegalArgumentException.class);
  }

  private static final class Output implements TaskOutput, Refusals {
    final List<String> rows = new ArrayList<>();

    @Override
    public void row(Object[] row, long time) {
      rows.add(Arrays.toString(row));
    }

    @Override
    public void failed(RowError error) {
      throw new AssertionError(error.message());
    }

    @Override
    public void late(int index, long watermark) {}
  }
}
