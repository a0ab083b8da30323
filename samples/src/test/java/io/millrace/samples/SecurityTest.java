package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SecurityTest {

  private static SampleRun run;

  @BeforeAll
  static void run() throws Exception {
    run = SampleRun.of("security", 600);
  }

  @Test
  void bothIncidentsAreFoundWithTheirRankAndNothingElse() {
    assertThat(run.rows("incidents"))
        .extracting(
            row -> row.get("address"),
            row -> row.get("entry"),
            row -> row.get("user_name"),
            row -> row.get("next_host"),
            row -> row.get("file"),
            row -> row.get("priority"))
        .containsExactlyInAnyOrder(
            tuple("10.0.9.11", "10.8.0.66", "mallory", "10.0.9.12", "payload-60.bin", 1),
            tuple("10.0.9.31", "10.0.9.30", null, "10.0.9.32", "payload-240.bin", 3));
  }

  @Test
  void eachScanIsToldOnce() {
    // Two scans for each of the four chains, ten of the operators' scanner.
    assertThat(run.rows("port_scans")).hasSize(2 * 4 + 10);
    assertThat(run.rows("ports_tried")).hasSizeGreaterThan(20_000);
  }
}
