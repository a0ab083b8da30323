package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.Flow.Event;
import io.millrace.analytics.Flow.Instance;
import io.millrace.analytics.query.QueryCompilation;
import io.millrace.analytics.query.Settings;
import io.millrace.cep.StatefulQuery;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.DeadLetter;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The host on a real broker; the query is a count by key and window of ten seconds. */
@Timeout(180)
class StatefulHostTest {

  private static final Duration NEVER = Duration.ofHours(1);
  private static final Settings CALM = new Settings(NEVER, NEVER, Duration.ofMillis(20));
  private static final Settings BUSY =
      new Settings(Duration.ofMillis(150), NEVER, Duration.ofMillis(20));

  private final Flow flow = new Flow();

  @AfterEach
  void close() {
    flow.close();
  }

  private static QueryCompilation counting(boolean saves) {
    return definition ->
        StatefulQuery.of(
            definition.query().inputs().stream().map(s -> s.getName()).toList(),
            Flow.COUNT,
            saves ? -1 : 30_000_000,
            out -> new WindowedCount(out, saves));
  }

  @Test
  void countsAndPutsWhatComesTooLateWithTheDeadLetters() {
    flow.input("a", 1, Duration.ofSeconds(2)).output(1);
    Instance instance = flow.instance("one", CALM, counting(true)).apply(DesiredState.RUNNING);
    flow.write(
        "a",
        new Event(0, "x", 1000),
        new Event(0, "y", 2000),
        new Event(0, "x", 11_000),
        new Event(0, "x", 9000), // Within the lateness that is allowed.
        new Event(0, "x", 12_001),
        new Event(0, "x", 9500),
        new Event(0, "x", 23_000));
    Flow.await(() -> flow.counts().size() == 3);
    assertThat(flow.counts()).containsExactly("x 2@10", "y 1@10", "x 2@20");
    assertThat(flow.deadLetters())
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.getCode()).isEqualTo("LATE_EVENT");
          assertThat(letter.getOffset()).isEqualTo(5);
          assertThat(letter.getText()).contains("\"x\"");
          assertThat(letter.getReason()).contains("ALLOW LATENESS on a");
        });
    assertThat(instance.detail("lateEvents")).isEqualTo("1");
    assertThat(instance.detail("watermark")).startsWith("1970-01-01T00:00:20.99");
    assertThat(instance.status().getEventsOut()).isEqualTo(3);
    assertThat(flow.journal())
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.value().length).isLessThan(100));
  }

  @Test
  void keepsOpenWindowsOverStopsAndDrains() {
    flow.input("a", 1, Duration.ZERO).output(1);
    Instance instance = flow.instance("one", CALM, counting(true)).apply(DesiredState.RUNNING);
    flow.write("a", new Event(0, "x", 1000), new Event(0, "x", 2000));
    Flow.await(() -> instance.status().getEventsIn() == 2);
    instance.apply(DesiredState.STOPPED).apply(DesiredState.RUNNING);
    flow.write("a", new Event(0, "x", 3000));
    Flow.await(() -> instance.status().getEventsIn() == 1);
    assertThat(instance.detail("restoredEvents")).isEqualTo("2");
    instance.apply(DesiredState.QUIESCING);
    Flow.await(() -> instance.status().getState() == ComponentState.STOPPED);
    assertThat(flow.counts()).isEmpty();
    instance.apply(DesiredState.RUNNING);
    flow.write("a", new Event(0, "x", 10_000));
    Flow.await(() -> !flow.counts().isEmpty());
    assertThat(flow.counts()).containsExactly("x 3@10");
  }

  @Test
  void beginsWithEmptyStateWhenTheQueryIsAnother() {
    flow.input("a", 1, Duration.ZERO).output(1);
    Instance instance = flow.instance("one", BUSY, counting(true)).apply(DesiredState.RUNNING);
    flow.write("a", new Event(0, "x", 1000), new Event(0, "x", 2000));
    Flow.await(() -> instance.status().getEventsIn() == 2 && !flow.snapshots().isEmpty());
    flow.sql("another query");
    instance.apply(DesiredState.RUNNING);
    flow.write("a", new Event(0, "x", 3000));
    Flow.await(() -> instance.status().getEventsIn() == 1);
    flow.sql("the query");
    instance.apply(DesiredState.RUNNING);
    flow.write("a", new Event(0, "x", 4000), new Event(0, "x", 10_000));
    Flow.await(() -> !flow.counts().isEmpty());
    // What the first one remembered is two queries ago: it does not fit the offsets any more.
    assertThat(flow.counts()).containsExactly("x 1@10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"journal", "snapshots", "horizon"})
  void givesTheSameAfterFailuresAtAnyPoint(String kind) {
    boolean saves = !kind.equals("horizon");
    flow.input("a", 2, Duration.ofSeconds(1)).input("b", 2, Duration.ofSeconds(3)).output(1);
    Settings settings = kind.equals("snapshots") ? BUSY : CALM;
    Instance instance = flow.instance("one", settings, counting(saves)).apply(DesiredState.RUNNING);
    Random random = new Random(kind.hashCode());
    List<Event> all = new ArrayList<>();
    for (int round = 0; round < 6; round++) {
      for (String stream : List.of("a", "b")) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 1500; i++) {
          int partition = random.nextInt(2);
          long time = round * 30_000L + i * 20 + random.nextInt(900);
          events.add(new Event(partition, "k" + random.nextInt(20) + "-" + partition, time));
        }
        all.addAll(events);
        flow.write(stream, events);
      }
      long before = instance.status().getEventsIn();
      Flow.await(() -> instance.status().getEventsIn() > before);
      instance.fence();
    }
    flow.write("a", new Event(0, "end", 400_000), new Event(1, "end", 400_000));
    flow.write("b", new Event(0, "end", 400_000), new Event(1, "end", 400_000));
    List<String> expected = expected(all);
    Flow.await(() -> flow.counts().size() >= expected.size());
    assertThat(flow.counts()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(flow.deadLetters()).isEmpty();
  }

  @Test
  void twoInstancesShareTheTasksAndAWindowThatSpansTheMoveIsRight() {
    flow.input("a", 4, Duration.ZERO).output(1);
    Instance one = flow.instance("one", BUSY, counting(true)).apply(DesiredState.RUNNING);
    List<Event> all = new ArrayList<>();
    send(all, 0);
    Flow.await(() -> one.status().getEventsIn() >= all.size());
    Instance two = flow.instance("two", BUSY, counting(true)).apply(DesiredState.RUNNING);
    Flow.await(() -> two.detail("watermark") != null);
    send(all, 5000);
    Flow.await(() -> two.status().getEventsIn() > 0);
    one.close();
    send(all, 10_500);
    Flow.await(() -> flow.counts().size() >= 40);
    assertThat(flow.counts())
        .containsExactlyInAnyOrderElementsOf(
            expected(all.stream().filter(e -> e.time() < 10_000).toList()));
  }

  private void send(List<Event> all, long from) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      events.add(new Event(i % 4, "k" + i % 40, from + i * 10L));
    }
    all.addAll(events);
    flow.write("a", events);
  }

  @Test
  void timeGoesOnWithoutInputsThatAreSilent() {
    Settings settings = new Settings(NEVER, Duration.ofMillis(300), Duration.ofMillis(20));
    flow.input("a", 1, Duration.ZERO).input("b", 1, Duration.ZERO).output(1);
    Instance instance = flow.instance("one", settings, counting(true)).apply(DesiredState.RUNNING);
    flow.write("a", new Event(0, "x", 1000), new Event(0, "x", 9_900));
    Flow.await(() -> !flow.counts().isEmpty());
    assertThat(flow.counts()).containsExactly("x 2@10");
    instance.fence();
    flow.write("b", new Event(0, "x", 9_990));
    Flow.await(() -> !flow.deadLetters().isEmpty());
    assertThat(flow.deadLetters()).extracting(DeadLetter::getCode).containsExactly("LATE_EVENT");
  }

  @Test
  void snapshotsOfManyPiecesComeBackAndWhatTheyMakeUnneededIsRemoved() {
    flow.input("a", 1, Duration.ZERO).output(1);
    Instance instance = flow.instance("one", BUSY, counting(true)).apply(DesiredState.RUNNING);
    String filler = "z".repeat(2000);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 1500; i++) {
      events.add(new Event(0, i + filler, 1000));
    }
    flow.write("a", events);
    String journal = Topics.journal(flow.application, "counts");
    int[] keys = {0};
    Flow.await(() -> {
      flow.write("a", new Event(0, "more" + keys[0]++, 1000));
      return flow.beginning(journal) > 0;
    });
    assertThat(flow.snapshots().size()).isGreaterThan(3);
    instance.apply(DesiredState.STOPPED).apply(DesiredState.RUNNING);
    flow.write("a", new Event(0, "x", 10_000));
    Flow.await(() -> flow.counts().size() >= 1500 + keys[0]);
    assertThat(flow.counts()).hasSize(1500 + keys[0]).allMatch(count -> count.endsWith(" 1@10"));
    assertThat(Long.parseLong(instance.detail("restoredEvents"))).isLessThan(1500);
  }

  @Test
  void aCorrectedDeadLetterCountsAndStillDoesAfterAFailure() {
    flow.input("a", 2, Duration.ZERO).output(1);
    Instance instance = flow.instance("one", CALM, counting(true)).apply(DesiredState.RUNNING);
    flow.write("a", new Event(1, "x", 1000), new Event(1, "x", 10_000), new Event(1, "x", 5000));
    Flow.await(() -> flow.deadLetters().size() == 1);
    DeadLetter letter = flow.deadLetters().getFirst();
    flow.replay(DeadLetter.newBuilder(letter).setEventTime(11_000L).build());
    Flow.await(() -> instance.status().getEventsIn() == 4);
    instance.fence();
    flow.write("a", new Event(1, "x", 20_000));
    Flow.await(() -> flow.counts().size() == 2);
    assertThat(flow.counts()).containsExactly("x 1@10", "x 2@20");
  }

  @Test
  void atLeastOnceLosesNothing() {
    flow.option("delivery", "at-least-once").input("a", 1, Duration.ZERO).output(1);
    Instance instance = flow.instance("one", BUSY, counting(true)).apply(DesiredState.RUNNING);
    List<Event> all = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        events.add(new Event(0, "k" + i % 10, round * 20_000L + i * 10));
      }
      all.addAll(events);
      flow.write("a", events);
      long before = instance.status().getEventsIn();
      Flow.await(() -> instance.status().getEventsIn() > before);
      instance.apply(DesiredState.STOPPED).apply(DesiredState.RUNNING);
    }
    flow.write("a", new Event(0, "end", 100_000));
    List<String> expected = expected(all);
    Flow.await(() -> flow.counts().containsAll(expected));
    assertThat(flow.counts()).containsOnlyOnceElementsOf(expected);
  }

  /** What comes out; two tasks may count one window of one input each. */
  private static List<String> expected(List<Event> events) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Event event : events) {
      counts.merge(event.key() + " %d@" + (event.time() / 10_000 * 10 + 10), 1, Integer::sum);
    }
    List<String> expected = new ArrayList<>();
    counts.forEach((text, count) -> expected.add(text.formatted(count)));
    return expected;
  }
}
