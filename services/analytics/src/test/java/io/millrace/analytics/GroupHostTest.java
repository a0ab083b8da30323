package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.Flow.Event;
import io.millrace.analytics.Flow.Instance;
import io.millrace.analytics.query.Settings;
import io.millrace.analytics.query.SqlCompilation;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.DesiredState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups without a window on a real broker: their changes are written beside the snapshots. */
@Timeout(180)
class GroupHostTest {

  private static final Duration NEVER = Duration.ofHours(1);
  private static final Settings CALM = new Settings(NEVER, NEVER, Duration.ofMillis(20));
  private static final Settings BUSY =
      new Settings(Duration.ofMillis(150), NEVER, Duration.ofMillis(20));

  private static final String GROUPS =
      "SELECT k, COUNT(*) AS n, MAX(ts) AS until FROM a GROUP BY k";
  private static final String FIRST =
      "SELECT DISTINCT k, CAST(1 AS BIGINT) AS n, ts AS until FROM a";

  private final Flow flow = new Flow();

  @AfterEach
  void close() {
    flow.close();
  }

  private Instance start(Settings settings) {
    return flow.instance("one", settings, new SqlCompilation()).apply(DesiredState.RUNNING);
  }

  private void feed(Instance instance, Event... events) {
    long before = instance.status().getEventsIn();
    flow.write("a", events);
    Flow.await(() -> instance.status().getEventsIn() >= before + events.length);
  }

  /** What comes out of {@link #GROUPS}: each event gives the next number of its key. */
  private static List<String> expected(List<Event> events) {
    Map<String, Integer> counts = new HashMap<>();
    Map<String, Long> latest = new HashMap<>();
    List<String> expected = new ArrayList<>();
    for (Event event : events) {
      expected.add(
          "%s %d@%d"
              .formatted(
                  event.key(),
                  counts.merge(event.key(), 1, Integer::sum),
                  latest.merge(event.key(), event.time(), Math::max) / 1000));
    }
    return expected;
  }

  /** Not what ends those of a snapshot. */
  private static boolean isGroup(ConsumerRecord<byte[], byte[]> record) {
    return record.key().length > 1;
  }

  @Test
  void theyAreTheSameAfterFailuresAtAnyPoint() {
    flow.sql(GROUPS).input("a", 2, Duration.ofSeconds(1)).output(1);
    Instance instance = start(BUSY);
    Random random = new Random(11);
    List<Event> all = new ArrayList<>();
    for (int round = 0; round < 8; round++) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 1500; i++) {
        int partition = random.nextInt(2);
        String key = "k" + random.nextInt(1 + round * 100) + "-" + partition;
        events.add(new Event(partition, key, round * 30_000L + i * 20 + random.nextInt(900)));
      }
      all.addAll(events);
      flow.write("a", events);
      long before = instance.status().getEventsIn();
      Flow.await(() -> instance.status().getEventsIn() > before);
      if (round % 3 == 2) {
        instance.apply(DesiredState.STOPPED).apply(DesiredState.RUNNING);
      } else {
        instance.fence();
      }
    }
    Flow.await(() -> flow.counts().size() >= all.size());
    assertThat(flow.counts()).containsExactlyInAnyOrderElementsOf(expected(all));
    assertThat(flow.deadLetters()).isEmpty();
    assertThat(flow.groups()).isNotEmpty();
  }

  @Test
  void aSnapshotWritesThoseThatChangedAndNoOthers() {
    flow.sql(GROUPS).input("a", 1, Duration.ZERO).output(1);
    Instance instance = start(BUSY);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      events.add(new Event(0, "k" + i, 1000));
    }
    flow.write("a", events);
    Flow.await(() -> instance.status().getEventsIn() == 1000);
    Flow.await(() -> flow.groups().size() > 1000);
    int written = flow.groups().size();
    feed(instance, new Event(0, "k7", 2000));
    Flow.await(() -> flow.groups().size() > written);
    assertThat(flow.groups().size()).isLessThan(written + 10);
    assertThat(flow.snapshots())
        .allSatisfy(record -> assertThat(record.value().length).isLessThan(2000));
    instance.apply(DesiredState.STOPPED).apply(DesiredState.RUNNING);
    feed(instance, new Event(0, "k7", 3000), new Event(0, "k8", 3000));
    Flow.await(() -> flow.counts().size() == 1003);
    assertThat(flow.counts()).endsWith("k7 3@3", "k8 2@3");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aNewRevisionKeepsThoseOfStepsThatItHas(boolean snapshots) {
    flow.sql(GROUPS + " UNION ALL " + FIRST).input("a", 1, Duration.ZERO).output(1);
    Instance instance = start(snapshots ? BUSY : CALM);
    feed(instance, new Event(0, "x", 1000), new Event(0, "y", 1000));
    instance.fence();
    feed(instance, new Event(0, "x", 2000));
    flow.sql("SELECT k, n * 10 AS n, until FROM (%s) AS t WHERE n > 1".formatted(GROUPS));
    instance.apply(DesiredState.RUNNING);
    feed(instance, new Event(0, "x", 3000), new Event(0, "y", 3000), new Event(0, "z", 3000));
    Flow.await(() -> flow.counts().contains("y 20@3"));
    assertThat(flow.counts()).contains("x 30@3").doesNotContain("z 10@3");
    instance.fence();
    feed(instance, new Event(0, "z", 4000));
    Flow.await(() -> flow.counts().contains("z 20@4"));
    // What the step remembered that is there again has been removed meanwhile.
    flow.sql(GROUPS + " UNION ALL " + FIRST);
    instance.apply(DesiredState.RUNNING);
    int before = flow.counts().size();
    feed(instance, new Event(0, "x", 2000));
    Flow.await(() -> flow.counts().size() == before + 2);
    assertThat(flow.counts()).contains("x 4@3", "x 1@2");
  }

  @Test
  void thoseOfAStepThatIsGoneAreRemoved() {
    flow.sql(GROUPS).input("a", 1, Duration.ZERO).output(1);
    Instance instance = start(CALM);
    feed(instance, new Event(0, "x", 1000), new Event(0, "y", 1000));
    instance.apply(DesiredState.STOPPED);
    instance.close();
    Instance other = flow.instance("two", BUSY, new SqlCompilation());
    other.apply(DesiredState.RUNNING);
    feed(other, new Event(0, "x", 2000));
    Flow.await(() -> flow.groups().stream().filter(GroupHostTest::isGroup).count() >= 2);
    flow.sql(FIRST);
    other.apply(DesiredState.RUNNING);
    feed(other, new Event(0, "x", 3000));
    Flow.await(() -> flow.groups().stream().filter(r -> r.value() == null).count() == 2);
    Flow.await(() -> flow.counts().contains("x 1@3"));
  }

  @Test
  void aKeyIsForgottenAfterARestartToo() {
    flow.queryOption("state_retention_millis", "10000");
    flow.sql(GROUPS).input("a", 1, Duration.ZERO).output(1);
    Instance instance = start(BUSY);
    feed(instance, new Event(0, "x", 1000), new Event(0, "y", 1000));
    Flow.await(() -> flow.groups().stream().filter(GroupHostTest::isGroup).count() >= 2);
    feed(instance, new Event(0, "y", 10_000));
    instance.fence();
    feed(instance, new Event(0, "z", 14_000), new Event(0, "x", 14_001), new Event(0, "y", 14_002));
    Flow.await(() -> flow.counts().size() == 6);
    assertThat(flow.counts()).endsWith("z 1@14", "x 1@14", "y 3@14");
    Flow.await(() -> flow.groups().stream().anyMatch(r -> r.value() == null));
  }

  @Test
  void aLargeGroupComesBackInPieces() {
    flow.sql("SELECT 'all' AS k, COUNT(DISTINCT k) AS n, MAX(ts) AS until FROM a GROUP BY v");
    flow.input("a", 1, Duration.ZERO).output(1);
    Instance instance = start(BUSY);
    String filler = "z".repeat(500);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      events.add(new Event(0, i + filler, 1000));
    }
    flow.write("a", events);
    Flow.await(() -> flow.counts().size() == 4000);
    Flow.await(() -> flow.groups().stream().anyMatch(r -> r.value().length > 800_000));
    feed(instance, new Event(0, "more", 1000));
    instance.fence();
    feed(instance, new Event(0, "more", 2000), new Event(0, 7 + filler, 3000));
    Flow.await(() -> flow.counts().size() == 4003);
    assertThat(flow.counts()).endsWith("all 4001@2", "all 4001@3");
    assertThat(Long.parseLong(instance.detail("restoredEvents"))).isLessThan(4000);
  }

  @Test
  void withoutThemTheQueryStopsAndSaysSo() {
    flow.sql(GROUPS).input("a", 1, Duration.ZERO).output(1);
    Instance instance = start(BUSY);
    feed(instance, new Event(0, "x", 1000));
    Flow.await(() -> flow.groups().size() > 2);
    instance.apply(DesiredState.STOPPED);
    Flow.await(() -> instance.status().getState() == ComponentState.STOPPED);
    flow.delete(flow.groupsTopic());
    instance.apply(DesiredState.RUNNING);
    Flow.await(() -> instance.status().getState() == ComponentState.FAILED);
    assertThat(instance.status().getErrorCode()).isEqualTo("STATE_MISMATCH");
    assertThat(instance.status().getError())
        .contains("the groups that belong to the last snapshot are not there")
        .contains(flow.groupsTopic());
  }

  @Test
  void atLeastOnceLosesNone() {
    flow.option("delivery", "at-least-once");
    flow.sql(GROUPS).input("a", 1, Duration.ZERO).output(1);
    Instance instance = start(BUSY);
    for (int round = 0; round < 4; round++) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        events.add(new Event(0, "k" + i % 10, round * 20_000L + i * 10));
      }
      flow.write("a", events);
      long before = instance.status().getEventsIn();
      Flow.await(() -> instance.status().getEventsIn() > before);
      instance.apply(DesiredState.STOPPED).apply(DesiredState.RUNNING);
    }
    flow.write("a", new Event(0, "k3", 100_000));
    Flow.await(() -> flow.counts().stream().anyMatch(count -> count.endsWith("@100")));
    String last = flow.counts().stream().filter(c -> c.endsWith("@100")).findFirst().orElseThrow();
    assertThat(Integer.parseInt(last.substring(3, last.indexOf('@')))).isGreaterThanOrEqualTo(801);
  }
}
