package io.millrace.connect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What fails again and again is tried less and less often. */
class BackOffTest {

  @Test
  void theWaitDoublesAndStartsOverAfterAQuietMinute() {
    BackOff backOff = new BackOff();
    assertThat(backOff.isDue("t", 0)).isFalse();
    assertThat(backOff.isDue("t", 999)).isFalse();
    assertThat(backOff.isDue("t", 1_000)).isTrue();
    // failed again
    assertThat(backOff.isDue("t", 1_500)).isFalse();
    assertThat(backOff.isDue("t", 3_000)).isFalse();
    assertThat(backOff.isDue("t", 3_500)).isTrue();
    // a long time later
    assertThat(backOff.isDue("t", 500_000)).isFalse();
    assertThat(backOff.isDue("t", 501_000)).isTrue();
  }
}
