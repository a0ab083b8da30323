package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.Flow.Event;
import io.millrace.analytics.Flow.Instance;
import io.millrace.analytics.query.Settings;
import io.millrace.analytics.query.SqlCompilation;
import io.millrace.analytics.query.StateBudget;
import io.millrace.analytics.query.StateLimits;
import io.millrace.analytics.spill.SpillDirectory;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.DesiredState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A GROUP BY goes on beyond its memory, on disk; with real Kafka and RocksDB. */
@Timeout(180)
class SpillHostTest {

  private static final long MEGABYTE = 1 << 20;
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Settings SETTINGS =
      new Settings(Duration.ofMillis(500), NEVER, Duration.ofMillis(20));

  @TempDir Path folder;

  private final Flow flow =
      new Flow()
          .sql("SELECT k, COUNT(*) AS n, MAX(ts) AS until FROM a GROUP BY k")
          .input("a", 2, Duration.ZERO)
          .output(1);

  @AfterEach
  void close() {
    flow.close();
  }

  private Instance start(SpillDirectory spill) {
    StateBudget budget = new StateBudget(new StateLimits(4 * MEGABYTE, 1000 * MEGABYTE));
    return flow.instance("one", SETTINGS, new SqlCompilation(), budget, spill)
        .apply(DesiredState.RUNNING);
  }

  @Test
  void resultsAreExactWithTenTimesTheMemoryAndOverRestarts() {
    Random random = new Random(9);
    Map<String, Integer> counts = new HashMap<>();
    List<String> expected = new ArrayList<>();
    try (SpillDirectory spill = SpillDirectory.of(folder.resolve("one"))) {
      Instance instance = start(spill);
      for (int round = 0; round < 6; round++) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 25_000; i++) {
          int key = random.nextInt(4) == 0 ? random.nextInt(100) : random.nextInt(100_000);
          String name = "the key of number " + key;
          events.add(new Event(key % 2, name, 1000));
          expected.add(name + " " + counts.merge(name, 1, Integer::sum) + "@1");
        }
        flow.write("a", events);
        int soFar = expected.size();
        if (round % 2 == 0) {
          Flow.await(() -> flow.counts().size() >= soFar - 20_000);
          instance.fence();
        } else {
          Flow.await(() -> flow.counts().size() == soFar);
          assertThat(Long.parseLong(instance.detail("groupsOnDisk"))).isGreaterThan(10_000);
          assertThat(Long.parseLong(instance.detail("stateMemory"))).isLessThan(4 * MEGABYTE);
          instance.apply(DesiredState.STOPPED).apply(DesiredState.RUNNING);
        }
      }
      Flow.await(() -> flow.counts().size() >= expected.size());
      assertThat(flow.counts()).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(flow.deadLetters()).isEmpty();
    }
  }

  @Test
  void withoutADiskTheQueryStopsAndGoesOnWhenThereIsOne() throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, "no directory");
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      events.add(new Event(i % 2, "key " + i, 1000));
    }
    Instance instance = start(SpillDirectory.of(file.resolve("one")));
    flow.write("a", events);
    Flow.await(() -> instance.status().getState() == ComponentState.FAILED);
    assertThat(instance.status().getErrorCode()).isEqualTo("STATE_DISK_FAILED");
    assertThat(instance.status().getError()).contains("Make room there");
    Files.delete(file);
    instance.apply(DesiredState.STOPPED).apply(DesiredState.RUNNING);
    Flow.await(() -> flow.counts().size() == events.size());
    assertThat(flow.counts()).doesNotHaveDuplicates().allMatch(c -> c.endsWith(" 1@1"));
  }
}
