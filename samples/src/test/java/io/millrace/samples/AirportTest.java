package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AirportTest {

  private static final int SECONDS = 90;

  private static SampleRun run;

  @BeforeAll
  static void run() throws Exception {
    run = SampleRun.of("airport", SECONDS);
  }

  @Test
  void moreEmployeesAreAskedForWhereTheyWereCalledAway() {
    assertThat(run.rows("staff_requests"))
        .extracting(row -> row.get("zone"), row -> row.get("since"), row -> row.get("employees"))
        .containsExactly(tuple("gates-2b", SampleFiles.micros("2026-01-05T08:00:30Z"), 5L));
  }

  @Test
  void thoseWhoEnterProhibitedZonesAreFound() {
    assertThat(run.rows("intrusions"))
        .extracting(row -> row.get("person"), row -> row.get("zone"))
        .containsExactly(tuple("passenger-01234", "crew-area"), tuple("passenger-03000", "apron"));
  }

  /** The floors as the generator has them, without polygons. */
  @Test
  void theCountsOfZonesAreRight() {
    Map<String, long[]> expected = new HashMap<>();
    for (Map<String, Object> row : run.rows("positions")) {
      String zone = zone((Integer) row.get("level"), (Double) row.get("x"), (Double) row.get("y"));
      long second = (Long) row.get("ts") / 1_000_000 * 1_000_000;
      if (zone != null) {
        expected
            .computeIfAbsent(zone + second, k -> new long[2])[
            row.get("kind").equals("passenger") ? 0 : 1]++;
      }
    }
    int[] compared = new int[1];
    for (Map<String, Object> row : run.rows("zone_counts")) {
      long[] counts = expected.get((String) row.get("zone") + row.get("window_start"));
      assertThat(row).containsEntry("passengers", counts[0]).containsEntry("employees", counts[1]);
      compared[0]++;
    }
    // 16 public zones always have somebody; the last second is not over.
    assertThat(compared[0]).isGreaterThanOrEqualTo(16 * (SECONDS - 1));
  }

  private static String zone(int level, double x, double y) {
    String[] names =
        switch (level) {
          case 0 -> new String[] {"arrivals", "baggage", "car-rental", "rail-station", "apron"};
          case 1 ->
              new String[] {"check-in-a", "check-in-b", "security-check", "shops", "baggage-belts"};
          case 2 -> new String[] {"gates-2a", "gates-2b", "lounge", "food-court", "crew-area"};
          default -> new String[] {"gates-3a", "gates-3b", "duty-free", "viewing-deck", "roof"};
        };
    if (x >= 90.01) {
      return names[4];
    }
    if (x > 90 || (x > 44 && x < 45) || (y > 29 && y < 30)) {
      return null;
    }
    boolean west = x <= 44;
    if (y <= 29) {
      boolean kiosk = x > 20 && x < 25 && y > 10 && y < 15;
      return west ? kiosk ? null : names[0] : names[1];
    }
    return west ? names[2] : x < 70 && y > 50 ? null : names[3];
  }
}
