package io.millrace.connector.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When captured changes are committed. */
class OpenTransactionTest {

  private static final long MILLI = Duration.ofMillis(1).toNanos();

  private final OpenTransaction open = new OpenTransaction(8192);

  @Test
  void fewChangesAreCommittedAtOnce() {
    assertThat(open.isToCommit(255, 255, 0)).isTrue();
    assertThat(open.isEmpty()).isTrue();
  }

  @Test
  void manyShareATransactionUntilThereAreFew() {
    assertThat(open.isToCommit(256, 256, 0)).isFalse();
    assertThat(open.isEmpty()).isFalse();
    assertThat(open.isToCommit(3, 3, MILLI)).isTrue();
    assertThat(open.isEmpty()).isTrue();
  }

  @Test
  void whatWaitsIsCommittedWhenNothingComes() {
    assertThat(open.isToCommit(1000, 1000, 0)).isFalse();
    assertThat(open.isToCommit(0, 0, MILLI)).isTrue();
    assertThat(open.isToCommit(0, 0, 2 * MILLI)).isFalse();
  }

  @Test
  void nothingWaitsLongerThanATenthOfASecond() {
    assertThat(open.isToCommit(1000, 1000, 5 * MILLI)).isFalse();
    assertThat(open.isToCommit(1000, 1000, 104 * MILLI)).isFalse();
    assertThat(open.isToCommit(1000, 1000, 105 * MILLI)).isTrue();
    assertThat(open.isToCommit(1000, 1000, 110 * MILLI)).isFalse();
  }

  @Test
  void aTransactionHasFewerThanTwiceTheLimit() {
    assertThat(open.isToCommit(8191, 8191, 0)).isFalse();
    assertThat(open.isToCommit(8191, 8191, MILLI)).isTrue();
    assertThat(open.isToCommit(8192, 8192, MILLI)).isTrue();
  }

  @Test
  void whatIsReadAgainAndNotWrittenNeedsNoCommit() {
    assertThat(open.isToCommit(1000, 0, 0)).isFalse();
    assertThat(open.isToCommit(10, 0, MILLI)).isFalse();
    assertThat(open.isToCommit(10, 4, MILLI)).isTrue();
  }
}
