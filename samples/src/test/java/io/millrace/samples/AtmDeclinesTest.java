package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AtmDeclinesTest {

  private static SampleRun run;

  @BeforeAll
  static void run() throws Exception {
    run = SampleRun.of("atm-declines", 3600);
  }

  @Test
  void theBadUpdateAndTheNetworkFaultAreFoundAndNothingElse() {
    assertThat(run.rows("decline_alerts"))
        .extracting(row -> row.get("dimension"), row -> row.get("slice"), row -> row.get("since"))
        .containsExactlyInAnyOrder(
            Tuple.tuple("model", "Kestrel 5", SampleFiles.micros("2026-01-05T08:12:00Z")),
            Tuple.tuple("region", "north-west", SampleFiles.micros("2026-01-05T08:30:00Z")));
  }

  @Test
  void eachMinuteOfEachSliceHasItsRate() {
    // 8 banks, 10 models, 8 regions; the last minute is not over.
    assertThat(run.rows("decline_rates")).hasSize(59 * 26);
    long transactions =
        run.rows("decline_rates").stream()
            .filter(row -> row.get("dimension").equals("bank"))
            .mapToLong(row -> (Long) row.get("transactions"))
            .sum();
    assertThat(transactions).isEqualTo(59 * 60 * 40);
    assertThat(run.rows("decline_rates"))
        .allSatisfy((Map<String, Object> row) ->
            assertThat((Double) row.get("decline_rate"))
                .isEqualTo(
                    Math.round(1000.0 * (Long) row.get("declined") / (Long) row.get("transactions"))
                        / 10.0));
  }
}
