package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GlucoseTest {

  private static SampleRun run;

  @BeforeAll
  static void run() throws Exception {
    run = SampleRun.of("glucose", 600);
  }

  @Test
  void silentFailingAndLowMetersAreFoundAndNoOthers() {
    assertThat(run.rows("meter_alerts"))
        .extracting(row -> row.get("meter"), row -> row.get("trouble"))
        .containsExactlyInAnyOrder(
            tuple("meter-017", "silent"),
            tuple("meter-042", "silent"),
            tuple("meter-113", "silent"),
            tuple("meter-058", "errors"),
            tuple("meter-171", "errors"),
            tuple("meter-099", "low glucose"));
  }

  @Test
  void silenceIsNoticedFifteenSecondsAfterTheLastReading() {
    Map<String, Object> silent =
        run.rows("silent_meters").stream()
            .filter(row -> row.get("meter").equals("meter-017"))
            .findFirst()
            .orElseThrow();
    assertThat((Long) silent.get("last_seen"))
        .isBetween(
            SampleFiles.micros("2026-01-05T08:01:55Z"), SampleFiles.micros("2026-01-05T08:02:00Z"));
    assertThat((Long) silent.get("noticed") - (Long) silent.get("last_seen"))
        .isEqualTo(15_000_000L);
  }

  @Test
  void errorsAreTheThirdInARow() {
    assertThat(run.rows("failing_meters"))
        .filteredOn(row -> row.get("meter").equals("meter-058"))
        .singleElement()
        .satisfies(row ->
            assertThat((Long) row.get("noticed") - (Long) row.get("since"))
                .isBetween(9_000_000L, 11_000_000L));
  }
}
