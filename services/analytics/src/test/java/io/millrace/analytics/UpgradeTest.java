package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.Flow.Event;
import io.millrace.analytics.Flow.Instance;
import io.millrace.analytics.query.Settings;
import io.millrace.analytics.query.SqlCompilation;
import io.millrace.schemas.control.DesiredState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A running query gets a new revision: what it can go on with it goes on with, on a real broker.
 */
@Timeout(180)
class UpgradeTest {

  private static final Duration NEVER = Duration.ofHours(1);
  private static final Settings CALM = new Settings(NEVER, NEVER, Duration.ofMillis(20));
  private static final Settings BUSY =
      new Settings(Duration.ofMillis(150), NEVER, Duration.ofMillis(20));

  private static final String COUNTS =
      """
      SELECT k, COUNT(*) AS n, window_end AS until
      FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '10' SECOND))
      GROUP BY k, window_start, window_end
      """;
  private static final String NUMBERS =
      """
      SELECT k, COUNT(*) OVER (PARTITION BY k ORDER BY ts ROWS UNBOUNDED PRECEDING) AS n, ts AS until
      FROM a
      """;

  private final Flow flow = new Flow();

  @AfterEach
  void close() {
    flow.close();
  }

  private static String times(int factor, String query, String condition) {
    return "SELECT k, n * %d AS n, until FROM (%s) AS t WHERE %s"
        .formatted(factor, query, condition);
  }

  private Instance start(Settings settings) {
    return flow.instance("one", settings, new SqlCompilation()).apply(DesiredState.RUNNING);
  }

  private void change(Instance instance, String sql) {
    flow.sql(sql);
    instance.apply(DesiredState.RUNNING);
  }

  private void feed(Instance instance, Event... events) {
    long before = instance.status().getEventsIn();
    flow.write("a", events);
    Flow.await(() -> instance.status().getEventsIn() >= before + events.length);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void windowsStayOpenUnderAnotherProjectionAndFilter(boolean snapshots) {
    flow.sql(COUNTS).input("a", 2, Duration.ofSeconds(1)).output(1);
    Instance instance = start(snapshots ? BUSY : CALM);
    feed(instance, new Event(0, "x", 1000), new Event(0, "y", 2000), new Event(1, "z", 2000));
    instance.fence();
    feed(instance, new Event(0, "x", 3000), new Event(1, "z", 10_500));
    instance.fence(); // What it has under way may be lost, and comes again.
    change(instance, times(10, COUNTS, "n > 1"));
    feed(instance, new Event(0, "x", 4000), new Event(1, "z", 9900));
    instance.fence();
    feed(instance, new Event(0, "x", 12_000), new Event(1, "z", 13_000));
    Flow.await(() -> flow.counts().size() == 2);
    assertThat(flow.counts()).containsExactlyInAnyOrder("x 30@10", "z 20@10");
    change(instance, times(100, COUNTS, "n > 0"));
    feed(instance, new Event(0, "x", 25_000), new Event(1, "z", 25_000));
    Flow.await(() -> flow.counts().size() == 4);
    assertThat(flow.counts())
        .containsExactlyInAnyOrder("x 30@10", "z 20@10", "x 100@20", "z 200@20");
    assertThat(flow.deadLetters()).isEmpty();
  }

  @Test
  void rowsBeforeOthersAreRememberedAndNoneComesTwice() {
    flow.sql(NUMBERS).input("a", 1, Duration.ZERO).output(1);
    Instance instance = start(CALM);
    feed(instance, new Event(0, "x", 1000), new Event(0, "x", 2000), new Event(0, "x", 3000));
    Flow.await(() -> flow.counts().size() == 2); // The last one waits for time to go on.
    change(instance, times(10, NUMBERS, "k = 'x'"));
    instance.fence();
    feed(instance, new Event(0, "x", 4000), new Event(0, "x", 5000));
    Flow.await(() -> flow.counts().size() == 4);
    assertThat(flow.counts()).containsExactly("x 1@1", "x 2@2", "x 30@3", "x 40@4");
  }

  @Test
  void whatIsNewBeginsEmptyAndWhatIsKeptDoesNot() {
    flow.sql(COUNTS).input("a", 1, Duration.ZERO).output(1);
    Instance instance = start(CALM);
    feed(instance, new Event(0, "x", 1000), new Event(0, "x", 11_000), new Event(0, "x", 12_000));
    Flow.await(() -> flow.counts().size() == 1);
    change(
        instance,
        """
        SELECT k, SUM(n) OVER (PARTITION BY k ORDER BY until) AS n, until FROM (%s) AS t
        """
            .formatted(COUNTS));
    feed(instance, new Event(0, "x", 21_000), new Event(0, "x", 31_000), new Event(0, "x", 41_000));
    Flow.await(() -> flow.counts().size() >= 3);
    // The window before it was given out by the first query, and is none that the sum has seen.
    assertThat(flow.counts()).startsWith("x 1@10", "x 2@20", "x 3@30");
    assertThat(instance.detail("keptState")).isEqualTo("window aggregation of a");
    assertThat(instance.detail("emptyState")).isEqualTo("OVER of a");
  }

  @Test
  void anotherLatenessKeepsTheState() {
    flow.sql(COUNTS).input("a", 1, Duration.ofSeconds(5)).output(1);
    Instance instance = start(CALM);
    feed(instance, new Event(0, "x", 9000), new Event(0, "x", 12_000), new Event(0, "x", 8000));
    flow.lateness("a", Duration.ZERO);
    change(instance, times(1, COUNTS, "n > 0"));
    feed(instance, new Event(0, "x", 13_000));
    Flow.await(() -> flow.counts().size() == 1);
    assertThat(flow.counts()).containsExactly("x 2@10");
  }

  @Test
  void nothingIsLostOrDoubledHoweverOftenItChanges() {
    flow.sql(times(1, COUNTS, "n > 0")).input("a", 2, Duration.ofSeconds(1)).output(1);
    Instance instance = start(BUSY);
    Map<String, Integer> expected = new TreeMap<>();
    for (int round = 0; round < 8; round++) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 700; i++) {
        Event event = new Event(i % 2, "k" + i % 20, round * 7000L + i * 10L);
        events.add(event);
        expected.merge(event.key() + "@" + (event.time() / 10_000 * 10 + 10), 1, Integer::sum);
      }
      long before = instance.status().getEventsIn();
      flow.write("a", events);
      Flow.await(() -> instance.status().getEventsIn() > before);
      if (round % 3 == 1) {
        instance.fence();
      }
      change(instance, times(1, COUNTS, "n > -" + round));
    }
    flow.write("a", new Event(0, "end", 100_000), new Event(1, "end", 100_000));
    Flow.await(() -> flow.counts().size() >= expected.size());
    List<String> wanted = new ArrayList<>();
    expected.forEach((key, n) -> wanted.add(key.replace("@", " " + n + "@")));
    assertThat(flow.counts()).containsExactlyInAnyOrderElementsOf(wanted);
    assertThat(flow.deadLetters()).isEmpty();
  }
}
