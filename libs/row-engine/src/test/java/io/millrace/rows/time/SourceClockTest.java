package io.millrace.rows.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.event.Watermark;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceClockTest {

  private static final long IDLE_MILLIS = 1000;

  @Test
  void withoutWatermarksTheSlowestChannelsLatestEventDecides() {
    SourceClock clock = new SourceClock(10, List.of(), true);
    clock.event(1, 100);
    assertThat(clock.watermark()).isEqualTo(89);
    clock.event(2, 50);
    clock.event(1, 200);
    assertThat(clock.watermark()).isEqualTo(89);
    clock.event(2, 150);
    assertThat(clock.watermark()).isEqualTo(139);
  }

  @Test
  void aWriterThatGivesWatermarksIsBelievedAndNotItsEvents() {
    SourceClock clock = new SourceClock(10, List.of(0, 1), true);
    clock.event(0, 1_000);
    clock.event(1, 2_000);
    assertThat(clock.watermark()).isEqualTo(SourceClock.NONE);
    clock.watermark(0, 300, Watermark.Kind.ACTIVE);
    assertThat(clock.watermark()).as("the other has said nothing yet").isEqualTo(SourceClock.NONE);
    clock.watermark(1, 400, Watermark.Kind.ACTIVE);
    assertThat(clock.watermark()).isEqualTo(300);
    clock.event(0, 5_000);
    assertThat(clock.watermark()).isEqualTo(300);
  }

  @Test
  void aWriterThatIsIdleDoesNotHoldUpTheOthersUntilItIsHeardOfAgain() {
    SourceClock clock = new SourceClock(0, List.of(0, 1), true);
    clock.watermark(0, 300, Watermark.Kind.ACTIVE);
    clock.watermark(1, 100, Watermark.Kind.IDLE);
    assertThat(clock.watermark()).isEqualTo(300);
    clock.event(1, 400);
    clock.watermark(0, 900, Watermark.Kind.ACTIVE);
    assertThat(clock.watermark()).as("more may come where that came from").isEqualTo(300);
    clock.watermark(1, 399, Watermark.Kind.ACTIVE);
    assertThat(clock.watermark()).isEqualTo(399);
  }

  @Test
  void aWriterThatNeverHadAnEventIsWaitedForAWhileAfterTheFirstOfAnother() {
    SourceClock clock = new SourceClock(0, List.of(0, 1), true);
    clock.watermark(0, Watermark.NONE, Watermark.Kind.IDLE);
    clock.watermark(1, Watermark.NONE, Watermark.Kind.IDLE);
    clock.tick(1_000_000, 60_000);
    clock.event(0, 500);
    clock.watermark(0, 499, Watermark.Kind.ACTIVE);
    clock.tick(1_100_000, 60_000);
    assertThat(clock.watermark()).isEqualTo(SourceClock.NONE);
    assertThat(clock.tick(1_110_000, 60_000)).isTrue();
    assertThat(clock.watermark()).isEqualTo(499);
  }

  @Test
  void silenceIsNoIdlenessForAWriterThatGivesWatermarks() {
    SourceClock clock = new SourceClock(0, List.of(0, 1), true);
    clock.watermark(0, 300, Watermark.Kind.ACTIVE);
    clock.watermark(1, 500, Watermark.Kind.ACTIVE);
    clock.tick(1, IDLE_MILLIS);
    assertThat(clock.tick(1_000_000, IDLE_MILLIS)).isFalse();
    clock.watermark(1, 900, Watermark.Kind.ACTIVE);
    assertThat(clock.watermark()).isEqualTo(300);
  }

  @Test
  void theEventsOfAWriterThatCannotTellCount() {
    SourceClock clock = new SourceClock(10, List.of(0), true);
    clock.event(0, 100);
    clock.watermark(0, Watermark.NONE, Watermark.Kind.UNKNOWN);
    assertThat(clock.watermark()).isEqualTo(89);
    clock.event(0, 200);
    assertThat(clock.watermark()).isEqualTo(189);
  }

  @Test
  void aWriterThatNeverSaysAnythingIsWaitedForAWhile() {
    SourceClock clock = new SourceClock(0, List.of(0, 1), true);
    clock.event(0, 100);
    clock.watermark(1, 500, Watermark.Kind.ACTIVE);
    clock.tick(1, IDLE_MILLIS);
    clock.tick(20_000, IDLE_MILLIS);
    assertThat(clock.watermark()).isEqualTo(SourceClock.NONE);
    assertThat(clock.tick(40_000, IDLE_MILLIS)).isTrue();
    assertThat(clock.watermark()).isEqualTo(99);
  }

  @Test
  void watermarksOfAnotherColumnSayNothing() {
    SourceClock clock = new SourceClock(0, List.of(0), false);
    clock.event(0, 100);
    clock.watermark(0, 900, Watermark.Kind.ACTIVE);
    assertThat(clock.watermark()).isEqualTo(99);
  }

  @Test
  void whatWasRememberedOfWritersThatAreGoneIsForgotten() {
    SourceClock before = new SourceClock(0, List.of(0, 1), true);
    before.watermark(0, 300, Watermark.Kind.ACTIVE);
    before.watermark(1, 100, Watermark.Kind.ACTIVE);
    SourceClock after = new SourceClock(0, List.of(0), true);
    after.restore(before.state());
    after.watermark(0, 700, Watermark.Kind.ACTIVE);
    assertThat(after.watermark()).isEqualTo(700);
    SourceClock same = new SourceClock(0, List.of(0, 1), true);
    same.restore(before.state());
    assertThat(same.state()).isEqualTo(before.state());
  }
}
