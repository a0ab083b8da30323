package io.millrace.schemas.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyWindowTest {

  @Test
  void percentilesAreNearTheTruth() {
    LatencyWindow window = new LatencyWindow();
    for (int i = 1; i <= 10_000; i++) {
      window.add(0, i);
    }
    double[] found = window.percentiles(0, 0.5, 0.99);
    assertThat(found[0]).isCloseTo(5000, withinPercentage(7));
    assertThat(found[1]).isCloseTo(9900, withinPercentage(7));
  }

  @Test
  void forgetsWhatIsOlderThanTenSeconds() {
    LatencyWindow window = new LatencyWindow();
    window.add(TimeUnit.SECONDS.toNanos(100), 5000);
    window.add(TimeUnit.SECONDS.toNanos(109), 3);
    assertThat(window.percentiles(TimeUnit.SECONDS.toNanos(111), 0.99)).containsExactly(3);
    assertThat(window.percentiles(TimeUnit.SECONDS.toNanos(130), 0.5)).isNull();
  }

  @Test
  void takesClocksThatDisagree() {
    LatencyWindow window = new LatencyWindow();
    window.add(0, -20);
    window.add(0, Long.MAX_VALUE);
    assertThat(window.percentiles(0, 0.5)[0]).isZero();
  }
}
