package io.millrace.bench.stateful;

/**
 * A query of the benchmark over the streams {@code e} and, for the join, {@code f}.
 *
 * @param title for people
 * @param text SQL; for those in {@link #EPL} EPL
 */
record Work(String name, String title, String text) {

  static final Work[] ALL = {
    new Work(
        "tumble",
        "TUMBLE 1 min: COUNT, SUM, MAX",
        "SELECT k, window_start, window_end, COUNT(*) AS n, SUM(amount) AS s, MAX(amount) AS m"
            + " FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '1' MINUTE))"
            + " GROUP BY k, window_start, window_end"),
    new Work(
        "hop",
        "HOP 1 min every 10 s: COUNT, SUM",
        "SELECT k, window_start, window_end, COUNT(*) AS n, SUM(amount) AS s"
            + " FROM TABLE(HOP(TABLE e, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '1' MINUTE))"
            + " GROUP BY k, window_start, window_end"),
    new Work(
        "over",
        "OVER RANGE 1 min: SUM, COUNT",
        "SELECT k, ts, SUM(amount) OVER w AS s, COUNT(*) OVER w AS n FROM e WINDOW w AS"
            + " (PARTITION BY k ORDER BY ts"
            + " RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW)"),
    new Work(
        "join",
        "interval join, 10 s",
        "SELECT e.k, e.id AS first_id, f.id AS second_id, f.amount FROM e JOIN f ON e.k = f.k"
            + " AND f.ts BETWEEN e.ts AND e.ts + INTERVAL '10' SECOND"),
    new Work(
        "match",
        "MATCH_RECOGNIZE: three in a row that rise",
        "SELECT * FROM e MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts"
            + " MEASURES A.amount AS a, C.amount AS c, C.ts AS at_ts"
            + " ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW"
            + " PATTERN (A B C) WITHIN INTERVAL '1' MINUTE"
            + " DEFINE B AS B.amount > A.amount, C AS C.amount > B.amount) AS m")
  };

  /** What Esper runs, to be compared with Esper by itself. */
  static final Work[] EPL = {
    new Work("epl-filter", "filter", "select k, amount as s, 1L as n from e where amount > 50.0"),
    new Work(
        "epl-window",
        "sliding minute by key: sum, count",
        "select k, sum(amount) as s, count(*) as n from e#time(1 min) group by k"),
    new Work(
        "epl-pattern",
        "one followed by another within 10 s",
        "select a.k as k, b.amount as s, 2L as n from pattern [every a=e(amount > 98) ->"
            + " (b=e(k = a.k and amount > 90) and not e(k = a.k and amount < 10))"
            + " where timer:within(10 sec)]")
  };

  String language() {
    return name.startsWith("epl") ? "epl" : "sql";
  }

  boolean joins() {
    return name.equals("join");
  }
}
