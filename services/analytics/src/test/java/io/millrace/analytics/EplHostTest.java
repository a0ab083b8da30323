package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.Flow.Event;
import io.millrace.analytics.Flow.Instance;
import io.millrace.analytics.query.EplCompilation;
import io.millrace.analytics.query.Settings;
import io.millrace.schemas.control.DesiredState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** EPL on a real broker: it cannot save what it remembers, and is fed again from its horizon. */
@Timeout(180)
class EplHostTest {

  private static final Duration NEVER = Duration.ofHours(1);
  private static final Settings CALM = new Settings(NEVER, NEVER, Duration.ofMillis(20));

  private final Flow flow = new Flow();

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void givesTheSameAfterFailuresAtAnyPoint() {
    flow.input("a", 2, Duration.ofSeconds(1))
        .output(1)
        .sql(
            """
            select k, count(*) as n, current_timestamp as until
            from A#time_batch(10 sec, 0L) group by k having count(*) > 0
            """);
    Instance instance =
        flow.instance("one", CALM, new EplCompilation()).apply(DesiredState.RUNNING);
    Random random = new Random(3);
    Map<String, Integer> expected = new TreeMap<>();
    for (int round = 0; round < 5; round++) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 1500; i++) {
        int partition = random.nextInt(2);
        long time = round * 30_000L + i * 20 + random.nextInt(900);
        String key = "k" + random.nextInt(20) + "-" + partition;
        events.add(new Event(partition, key, time));
        expected.merge(key + " %d@" + (time / 10_000 * 10 + 10), 1, Integer::sum);
      }
      flow.write("a", events);
      long before = instance.status().getEventsIn();
      Flow.await(() -> instance.status().getEventsIn() > before);
      instance.fence();
    }
    flow.write("a", new Event(0, "end", 400_000), new Event(1, "end", 400_000));
    List<String> counts = new ArrayList<>();
    expected.forEach((text, count) -> counts.add(text.formatted(count)));
    Flow.await(() -> flow.counts().size() >= counts.size());
    assertThat(flow.counts()).containsExactlyInAnyOrderElementsOf(counts);
    assertThat(flow.deadLetters()).isEmpty();
  }

  @Test
  void absenceIsSeenWhenNothingComesAnyMore() {
    Settings settings = new Settings(NEVER, Duration.ofMillis(300), Duration.ofMillis(20));
    flow.input("a", 1, Duration.ZERO)
        .input("b", 1, Duration.ZERO)
        .output(1)
        .sql(
            """
            select x.k as k, 1L as n, current_timestamp as until
            from pattern [every x=a -> (timer:interval(2 sec) and not b(k = x.k))]
            """);
    Instance instance =
        flow.instance("one", settings, new EplCompilation()).apply(DesiredState.RUNNING);
    flow.write("a", new Event(0, "paid", 1000), new Event(0, "unpaid", 1000));
    flow.write("b", new Event(0, "paid", 1500));
    Flow.await(() -> instance.status().getEventsIn() == 3);
    instance.fence();
    Flow.await(() -> !flow.counts().isEmpty());
    assertThat(flow.counts()).containsExactly("unpaid 1@3");
  }
}
