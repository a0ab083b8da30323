package io.millrace.flow.stateful;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.query.CacheTable;
import io.millrace.flow.query.QueryCompiler;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {

  private static final Field ID = Field.required("id", DataType.INT);
  private static final Field K = Field.nullable("k", DataType.STRING);
  private static final Field V = Field.nullable("v", DataType.DOUBLE);
  private static final Field TS = Field.required("ts", DataType.TIMESTAMP);
  private static final RowType EVENT = RowType.of(ID, K, V, TS);
  private static final List<CacheTable> CACHES =
      List.of(
          new CacheTable(
              "c",
              RowType.of(
                  Field.required("id", DataType.INT), Field.nullable("name", DataType.STRING)),
              List.of("id")));

  private static final String COUNTS =
      """
      SELECT k, window_start AS since, window_end AS until, COUNT(*) AS n, SUM(v) AS s
      FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
      GROUP BY k, window_start, window_end\
      """;
  private static final String OVER =
      """
      SELECT k, v, ts, SUM(v) OVER w AS s, MAX(v) OVER w AS m
      FROM a WINDOW w AS (PARTITION BY k ORDER BY ts ROWS 3 PRECEDING)\
      """;
  private static final String MATCH =
      """
      SELECT * FROM a MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts MEASURES A.id AS x
      PATTERN (A B+ C) WITHIN INTERVAL '10' SECOND
      DEFINE B AS B.v > PREV(B.v), C AS C.v < LAST(B.v)) AS m\
      """;

  private static StatefulPlan plan(String sql, RowType a) {
    return new QueryCompiler().compileStateful(sql, Map.of("a", a, "b", EVENT), CACHES);
  }

  private static List<String> signatures(StatefulPlan plan, StreamDefinition... streams) {
    Signatures signatures = new Signatures(List.of(streams));
    List<String> all = new ArrayList<>(signatures.clocks(plan));
    signatures.all(plan).forEach(signature -> all.add(signature.digest()));
    return all;
  }

  private static List<String> signatures(String sql) {
    return signatures(plan(sql, EVENT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT n, s, until, k FROM (%s) AS t",
        "SELECT k AS key, s / n AS mean FROM (%s) AS t WHERE n > 3 AND k <> 'x'",
        "SELECT UPPER(k) AS u, n FROM (SELECT * FROM (%s) AS t WHERE s > 1) AS t2",
      })
  void whatStandsAboveAStepIsNoPartOfIt(String above) {
    assertThat(signatures(above.formatted(COUNTS))).isEqualTo(signatures(COUNTS));
  }

  @Test
  void layoutAndNamesOfTheOutputAreNoPartOfIt() {
    String other =
        COUNTS.replace("AS n", "AS number").replace("SELECT k", "select  /* key */ k as j");
    assertThat(signatures(other)).isEqualTo(signatures(COUNTS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "'1' MINUTE|'2' MINUTE",
        "TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '1' MINUTE)|HOP(TABLE a, DESCRIPTOR(ts), INTERVAL"
            + " '1' MINUTE, INTERVAL '2' MINUTE)",
        "SUM(v)|SUM(id)",
        "SUM(v)|AVG(v)",
        "SUM(v)|SUM(DISTINCT v)",
        "SUM(v)|SUM(v) FILTER (WHERE id > 3)",
        ", SUM(v) AS s|\\ ",
        "TABLE a|TABLE b",
        "TABLE a|(SELECT * FROM a WHERE id > 3)",
        "TABLE a|(SELECT UPPER(k) AS k, v, ts FROM a)",
        "TABLE a|(SELECT id + 1 AS id, k, v * 2 AS v, ts FROM a)",
        "TABLE a|(SELECT * FROM (SELECT * FROM a UNION ALL SELECT * FROM b))",
        "GROUP BY k, window|GROUP BY k, id, window",
      })
  void whatTheStateFollowsFromIs(String part, String other) {
    String sql = COUNTS.replace(part, other.replace("\\", ""));
    assertThat(sql).isNotEqualTo(COUNTS);
    assertThat(last(signatures(sql))).isNotEqualTo(last(signatures(COUNTS)));
  }

  @Test
  void howLongKeysAreRememberedIsOneToo() {
    String sql = "SELECT k, COUNT(*) AS n FROM a GROUP BY k";
    String day = last(retained(sql, 86_400_000));
    assertThat(day).isEqualTo(last(retained(sql.replace("COUNT(*)", "COUNT(*) + 1"), 86_400_000)));
    assertThat(day).isNotEqualTo(last(retained(sql, 3_600_000)));
    assertThat(day).isNotEqualTo(last(signatures(sql)));
    assertThat(retained(COUNTS, 86_400_000)).isEqualTo(signatures(COUNTS));
  }

  private static List<String> retained(String sql, long millis) {
    return signatures(
        new QueryCompiler(millis).compileStateful(sql, Map.of("a", EVENT, "b", EVENT), CACHES));
  }

  private static String last(List<String> signatures) {
    return signatures.getLast();
  }

  @Test
  void columnsOfTheStreamThatAreNotReadAreNoPartOfIt() {
    RowType more =
        RowType.of(
            Field.nullable("new", DataType.STRING), K, Field.nullable("w", DataType.INT), V, TS);
    assertThat(signatures(plan(COUNTS, more))).isEqualTo(signatures(COUNTS));
    assertThat(signatures(plan(OVER, more))).isEqualTo(signatures(OVER));
    RowType wider = RowType.of(ID, K, Field.nullable("v", DataType.decimal(20, 2)), TS);
    assertThat(last(signatures(plan(COUNTS, wider)))).isNotEqualTo(last(signatures(COUNTS)));
    RowType required = RowType.of(ID, K, Field.required("v", DataType.DOUBLE), TS);
    assertThat(last(signatures(plan(COUNTS, required)))).isNotEqualTo(last(signatures(COUNTS)));
  }

  @Test
  void aProjectionInAnotherOrderKeepsTheRowsOfOver() {
    String other =
        OVER.replace(
            "k, v, ts, SUM(v) OVER w AS s, MAX(v) OVER w AS m",
            "MAX(v) OVER w" + " AS m, SUM(v) OVER w AS s, ts, k, v");
    assertThat(signatures(other)).isEqualTo(signatures(OVER));
    // Rows wait in it, with the columns that come through.
    assertThat(signatures(OVER.replace("k, v,", "k, id, v,"))).isNotEqualTo(signatures(OVER));
    assertThat(signatures(OVER.replace("ROWS 3", "ROWS 4"))).isNotEqualTo(signatures(OVER));
  }

  @Test
  void measuresOfAPatternReadItsRowsUnlessTheyCountMatches() {
    assertThat(signatures(MATCH.replace("A.id AS x", "SUM(B.v) AS s, LAST(B.id) AS x")))
        .isEqualTo(signatures(MATCH));
    assertThat(signatures(MATCH.replace("A.id AS x", "MATCH_NUMBER() AS x")))
        .isNotEqualTo(signatures(MATCH));
    assertThat(signatures(MATCH.replace("PREV(B.v)", "PREV(B.v, 2)")))
        .isNotEqualTo(signatures(MATCH));
    assertThat(signatures(MATCH.replace("(A B+ C)", "(A B* C)"))).isNotEqualTo(signatures(MATCH));
    assertThat(signatures(MATCH.replace("'10' SECOND", "'11' SECOND")))
        .isNotEqualTo(signatures(MATCH));
  }

  @Test
  void aStepUnderANewOneIsWhatItWas() {
    String sum = "SELECT until, SUM(n) AS n, MAX(s) AS s FROM (%s) AS t GROUP BY since, until";
    List<String> two = signatures(sum.formatted(COUNTS));
    assertThat(two).hasSize(3).startsWith(signatures(COUNTS).toArray(String[]::new));
    assertThat(new Signatures(List.of()).all(plan(sum.formatted(COUNTS), EVENT)))
        .extracting(Signature::words)
        .containsExactly("window aggregation of a", "second window aggregation of a");
  }

  @Test
  void whereTheEventsAreAndHowTheyAreSpreadIsAPartOfIt() {
    StatefulPlan plan = plan(COUNTS, EVENT);
    List<String> usual = signatures(plan, stream("a", "app.a", 4, "k"));
    assertThat(signatures(plan, stream("a", "app.a", 4, "k"))).isEqualTo(usual);
    assertThat(signatures(plan, stream("a", "elsewhere", 4, "k")))
        .doesNotContainAnyElementsOf(usual);
    assertThat(signatures(plan, stream("a", "app.a", 4, "id"))).doesNotContainAnyElementsOf(usual);
    assertThat(signatures(plan, stream("a", "app.a", 1, "id")))
        .isEqualTo(signatures(plan, stream("a", "app.a", 1, "k")));
  }

  private static StreamDefinition stream(String name, String topic, int partitions, String key) {
    return StreamDefinition.newBuilder()
        .setName(name)
        .setTopic(topic)
        .setRowSchema("")
        .setKind(StreamKind.EVENTS)
        .setPartitionBy(List.of(key))
        .setPartitions(partitions)
        .build();
  }

  /** Where another query does the work of a leaf, it counts what that one does. */
  @Test
  void theWorkOfAPartCountsAsItsOwn() {
    String sql =
        COUNTS.replace(
            "TABLE a", "(SELECT c.name AS k, v, ts FROM a JOIN c ON c.id = a.id" + " WHERE v > 1)");
    List<String> part = part(sql);
    assertThat(part(sql)).isEqualTo(part);
    assertThat(part("SELECT n FROM (%s) AS t WHERE s > 1".formatted(sql))).isEqualTo(part);
    assertThat(last(part(sql.replace("v > 1", "v > 2")))).isNotEqualTo(last(part));
    assertThat(last(part(sql.replace("FROM a JOIN", "FROM a LEFT JOIN")))).isNotEqualTo(last(part));
    assertThat(part(sql).getFirst()).isNotEqualTo(signatures(COUNTS).getFirst());
  }

  private static List<String> part(String sql) {
    return signatures(
        new QueryCompiler()
            .compileStateful(
                sql, Map.of("a", EVENT, "b", EVENT), CACHES, Map.of(0, "out-input-0")));
  }
}
