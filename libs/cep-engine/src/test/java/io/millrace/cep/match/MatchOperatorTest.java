package io.millrace.cep.match;

import static io.millrace.cep.match.Patterns.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cep.Collected;
import io.millrace.cep.operator.Operator;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchOperatorTest {

  private static final String A_B = " PATTERN (A B) WITHIN INTERVAL '1' MINUTE ";

  private final Collected out = new Collected();
  private Operator match;
  private int second;
  private int id;

  private void open(String clause) {
    Patterns patterns = Patterns.of(clause);
    match = MatchOperator.of(patterns.node(), patterns.rex(), out);
    second = 0;
    id = 0;
    out.take();
  }

  /** Ticks of one symbol, a second apart, their tax being the price. */
  private void prices(Integer... prices) {
    for (Integer price : prices) {
      match.event(0, Patterns.tick("s", second, price, price, id++), second * SECOND);
      second++;
    }
  }

  /** What came out when time has passed all ticks. */
  private List<String> result() {
    match.advance((second - 1) * SECOND);
    return out.take().stream().map(r -> r.replaceAll("\\[s, (.*)\\]@(-?\\d+)", "$1")).toList();
  }

  /** The first example of Flink's documentation: the price goes down, then up. */
  @Test
  void thePriceGoesDownAndUp() {
    open(
        "MEASURES STRT.id AS a, LAST(DOWN.id) AS b, LAST(UP.id) AS c"
            + " ONE ROW PER MATCH AFTER MATCH SKIP TO LAST UP"
            + " PATTERN (STRT DOWN+ UP) WITHIN INTERVAL '1' HOUR"
            + " DEFINE DOWN AS (LAST(DOWN.price, 1) IS NULL AND DOWN.price < STRT.price)"
            + " OR DOWN.price < LAST(DOWN.price, 1), UP AS UP.price > LAST(DOWN.price, 1)");
    prices(12, 17, 19, 21, 25, 18, 15, 14, 24, 25, 19);
    assertThat(result()).containsExactly("4, 7, 8");
  }

  /** The example of Flink's documentation for aggregates. */
  @Test
  void thePeriodInWhichTheAverageStaysBelow() {
    open(
        "MEASURES FIRST(A.id) AS a, LAST(A.id) AS b, SUM(A.price) AS s, COUNT(A.price) AS n ONE ROW"
            + " PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (A+ B) WITHIN INTERVAL '1' HOUR"
            + " DEFINE A AS AVG(CAST(A.price AS DOUBLE)) < 15");
    prices(12, 17, 13, 16, 25, 2, 4, 10, 15, 25, 25, 30);
    assertThat(result()).containsExactly("0, 3, 58, 4", "5, 10, 81, 6");
  }

  @Test
  void skipping() {
    String measures = "MEASURES A.id AS a, FIRST(B.id) AS b, C.id AS c ONE ROW PER MATCH ";
    String rest =
        " PATTERN (A B+ C) WITHIN INTERVAL '1' HOUR DEFINE B AS B.price > A.price, C AS C.price <="
            + " A.price";
    open(measures + "AFTER MATCH SKIP PAST LAST ROW" + rest);
    prices(1, 2, 3, 1, 4, 0);
    assertThat(result()).containsExactly("0, 1, 3");
    open(measures + "AFTER MATCH SKIP TO NEXT ROW" + rest);
    prices(1, 2, 3, 1, 4, 0);
    assertThat(result()).containsExactly("0, 1, 3", "1, 2, 3", "3, 4, 5");
    open(measures + "AFTER MATCH SKIP TO FIRST B" + rest);
    prices(1, 2, 3, 1, 4, 0);
    assertThat(result()).containsExactly("0, 1, 3", "1, 2, 3", "3, 4, 5");
    open(measures + "AFTER MATCH SKIP TO LAST C" + rest);
    prices(1, 2, 3, 1, 4, 0);
    assertThat(result()).containsExactly("0, 1, 3", "3, 4, 5");
  }

  @Test
  void skippingToARowThatIsNotThereFailsTheMatch() {
    open(
        "MEASURES A.id AS a, C.id AS c ONE ROW PER MATCH AFTER MATCH SKIP TO LAST B"
            + " PATTERN (A B? C) WITHIN INTERVAL '1' HOUR"
            + " DEFINE A AS A.tax = 1, B AS B.tax = 2, C AS C.tax = 3");
    prices(1, 3, 1, 2, 3);
    assertThat(result())
        .containsExactly(
            "AFTER MATCH SKIP TO B: the match has no row that is B; use a variable that every match"
                + " has",
            "2, 4");
  }

  @Test
  void skippingToTheFirstRowWouldNeverEndAndFailsTheMatch() {
    open(
        "MEASURES B.id AS b ONE ROW PER MATCH AFTER MATCH SKIP TO FIRST A"
            + A_B
            + "DEFINE A AS A.tax = 1, B AS B.tax = 2");
    prices(1, 2);
    assertThat(result()).hasSize(1).first().asString().contains("found for ever");
  }

  @Test
  void alternativesAndGroups() {
    open(
        "MEASURES A.id AS a, COUNT(B.id) AS b, COUNT(C.id) AS c, LAST(D.id) AS d, CLASSIFIER() AS"
            + " l, MATCH_NUMBER() AS n ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN (A"
            + " (B C | C B)+ (D | E)) WITHIN INTERVAL '1' HOUR DEFINE A AS A.tax = 1, B AS B.tax ="
            + " 2, C AS C.tax = 3, D AS D.tax = 4, E AS E.tax = 5");
    prices(1, 2, 3, 3, 2, 2, 3, 4, 1, 3, 2, 5, 1, 2, 3, 1);
    assertThat(result()).containsExactly("0, 3, 3, 7, D, 1", "8, 1, 1, null, E, 2");
  }

  @Test
  void rowsBeforeTheMatchCanBeRead() {
    open(
        "MEASURES A.id AS a, B.id AS b ONE ROW PER MATCH AFTER"
            + " MATCH SKIP PAST LAST ROW"
            + A_B
            + "DEFINE A AS A.price > PREV(A.price, 1) + 5, B AS B.price < PREV(B.price)");
    prices(1, 2, 9, 8, 1, 20, 4);
    assertThat(result()).containsExactly("2, 3", "5, 6");
  }

  @Test
  void aMatchIsShorterThanWithin() {
    open(
        "MEASURES A.id AS a, B.id AS b ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW"
            + " PATTERN (A X* B) WITHIN INTERVAL '3' SECOND"
            + " DEFINE A AS A.tax = 1, X AS X.tax = 0, B AS B.tax = 2");
    prices(1, 0, 0, 2, 1, 0, 2);
    assertThat(result()).containsExactly("4, 6");
  }

  @Test
  void nothingIsKeptForPartitionsThatHaveNoMatchOpen() {
    open(
        "MEASURES A.id AS a ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW"
            + A_B
            + "DEFINE A AS A.tax = 1, B AS B.tax = 2");
    for (int i = 0; i < 1000; i++) {
      match.event(0, Patterns.tick("s" + i, i, i % 2, i % 2, i), i * SECOND);
    }
    match.advance(999 * SECOND);
    assertThat(((MatchOperator) match).partitions()).isEqualTo(30);
    match.advance(1100 * SECOND);
    assertThat(((MatchOperator) match).partitions()).isZero();
  }

  @Test
  void anErrorInAConditionIsToldOnceAndEndsTheMatchesItIsIn() {
    open(
        "MEASURES A.id AS a, B.id AS b ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW"
            + " PATTERN (A X{2} B) WITHIN INTERVAL '1' MINUTE DEFINE X AS 10 / X.tax > 0");
    prices(1, 1, 0, 1, 1, 1, 1);
    assertThat(result()).containsExactly("division by zero in 10 / tax", "2, 5");
  }

  @Test
  void tooManyWaysAreAnErrorThatSaysWhatToDo() {
    Patterns patterns =
        Patterns.of(
            "MEASURES A.id AS a ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW PATTERN ((A | B)+"
                + " C) WITHIN INTERVAL '1' MINUTE DEFINE C AS C.price > LAST(A.price) +"
                + " LAST(B.price)");
    match = MatchOperator.of(patterns.node(), patterns.rex(), new MatchLimits(100, 1000), out);
    prices(1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(result())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("MATCH_RECOGNIZE: more than 100 ways to match are open for one partition")
        .contains("Make DEFINE more selective");
  }

  @Test
  void rowsThatTimeHasPassedAreLate() {
    open(
        "MEASURES A.id AS a, B.id AS b ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW"
            + A_B
            + "DEFINE B AS B.price > A.price");
    prices(1);
    match.advance(0);
    assertThat(match.event(0, Patterns.tick("s", 0, 5, 5, 9), 0)).isFalse();
    prices(2);
    assertThat(result()).containsExactly("0, 1");
  }

  @Test
  void withoutAPartitionAllRowsAreOne() {
    Patterns patterns =
        Patterns.parse(
            "ORDER BY ts MEASURES A.symbol AS a, B.symbol AS b, B.ts AS t ONE ROW PER MATCH AFTER"
                + " MATCH SKIP PAST LAST ROW"
                + A_B
                + "DEFINE A AS A.tax = 1, B AS B.tax = 2");
    match = MatchOperator.of(patterns.node(), patterns.rex(), out);
    match.event(0, Patterns.tick("x", 0, 0, 1, 0), 0);
    match.event(0, Patterns.tick("y", 1, 0, 2, 1), SECOND);
    match.advance(5 * SECOND);
    assertThat(out.rows()).containsExactly("[x, y, 1000000]@1000000");
  }

  @Test
  void whatCannotBeIsRefused() {
    String measures = "MEASURES A.id AS a ONE ROW PER MATCH AFTER MATCH SKIP PAST LAST ROW ";
    String define = " WITHIN INTERVAL '1' MINUTE DEFINE A AS A.tax = 1";
    for (String pattern : List.of("PERMUTE(A, B)", "A {- B -} C", "^ A B", "A B $")) {
      assertThatThrownBy(() -> open(measures + "PATTERN (" + pattern + ")" + define))
          .as(pattern)
          .isInstanceOf(RuntimeException.class);
    }
    assertThatThrownBy(() ->
            open(measures + "PATTERN (A B) WITHIN INTERVAL '1' MINUTE DEFINE A AS NEXT(A.tax) = 1"))
        .isInstanceOf(RuntimeException.class);
  }
}
