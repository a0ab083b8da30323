package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.Flow.Event;
import io.millrace.analytics.Flow.Instance;
import io.millrace.analytics.query.Settings;
import io.millrace.analytics.query.SqlCompilation;
import io.millrace.analytics.query.StateBudget;
import io.millrace.analytics.query.StateLimits;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.DesiredState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A query that remembers without end is stopped with a reason, and its neighbours go on. */
@Timeout(180)
class StateBudgetHostTest {

  private static final long MEGABYTE = 1 << 20;
  private static final int KEYS = 40_000;
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Settings SETTINGS =
      new Settings(Duration.ofMillis(300), NEVER, Duration.ofMillis(20));

  private final Flow runaway = flow();
  private final Flow neighbour = flow();

  private static Flow flow() {
    return new Flow()
        .input("a", 1, Duration.ZERO)
        .output(1)
        .sql(
            "SELECT k, COUNT(*) OVER (PARTITION BY k ORDER BY ts ROWS UNBOUNDED PRECEDING) AS n,"
                + " ts AS \"until\" FROM a");
  }

  @AfterEach
  void close() {
    runaway.close();
    neighbour.close();
  }

  @Test
  void aQueryAboveTheLimitOfItsApplicationStopsAndGoesOnWithAHigherOne() {
    StateBudget budget = new StateBudget(new StateLimits(4 * MEGABYTE, 1000 * MEGABYTE));
    Instance one = start(runaway, budget);
    Instance other = start(neighbour, budget);
    runaway.write("a", events(0, 500));
    Flow.await(() -> one.status().getEventsIn() == 500);
    neighbour.write("a", new Event(0, "x", 1000));
    runaway.write("a", events(500, KEYS));

    Flow.await(() -> one.status().getState() == ComponentState.FAILED);
    assertThat(one.status().getErrorCode()).isEqualTo("STATE_TOO_LARGE");
    assertThat(one.status().getError())
        .matches(
            "the query remembers about \\d+(\\.\\d)? MB, and its application may take 4\\.0 MB of"
                + " this service's memory\\. Bound what it remembers .*, or give the application a"
                + " larger state_memory");
    int committed = runaway.counts().size();
    assertThat(committed).isBetween(499, KEYS - 1);
    goesOn(other);

    runaway.queryOption("state_memory_bytes", Long.toString(100 * MEGABYTE));
    one.apply(DesiredState.RUNNING);
    runaway.write("a", new Event(0, "end", KEYS)); // A row comes out when time has gone on.
    Flow.await(() -> runaway.counts().size() == KEYS);
    assertThat(runaway.counts()).doesNotHaveDuplicates().allMatch(c -> c.contains(" 1@"));
    assertThat(Long.parseLong(one.detail("restoredEvents"))).isLessThanOrEqualTo(committed + 1);
    assertThat(Long.parseLong(one.detail("stateMemory"))).isGreaterThan(4 * MEGABYTE);
  }

  @Test
  void theQueryThatRemembersMostStopsWhenAllTogetherRememberTooMuch() {
    StateBudget budget = new StateBudget(new StateLimits(1000 * MEGABYTE, 4 * MEGABYTE));
    Instance one = start(runaway, budget);
    Instance other = start(neighbour, budget);
    neighbour.write("a", new Event(0, "x", 1000));
    runaway.write("a", events(0, KEYS));
    Flow.await(() -> one.status().getState() == ComponentState.FAILED);
    assertThat(one.status().getErrorCode()).isEqualTo("STATE_TOO_LARGE");
    assertThat(one.status().getError())
        .startsWith("all queries of this service remember about ")
        .contains("remembers the most and stops so that the others go on");
    goesOn(other);
  }

  private static Instance start(Flow flow, StateBudget budget) {
    return flow.instance("one", SETTINGS, new SqlCompilation(), budget).apply(DesiredState.RUNNING);
  }

  private static List<Event> events(int from, int to) {
    List<Event> events = new ArrayList<>();
    for (int i = from; i < to; i++) {
      events.add(new Event(0, "key " + i, i));
    }
    return events;
  }

  private void goesOn(Instance instance) {
    neighbour.write("a", new Event(0, "x", 2000), new Event(0, "y", 3000), new Event(0, "z", 4000));
    Flow.await(() -> neighbour.counts().size() == 3);
    assertThat(neighbour.counts()).containsExactly("x 1@1", "x 2@2", "y 1@3");
    assertThat(instance.status().getState()).isEqualTo(ComponentState.RUNNING);
    assertThat(Long.parseLong(instance.detail("stateMemory"))).isBetween(100L, 10_000L);
  }
}
