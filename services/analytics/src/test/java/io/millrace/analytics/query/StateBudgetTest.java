package io.millrace.analytics.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.loop.StopLoopException;
import org.junit.jupiter.api.Test;

class StateBudgetTest {

  private static final long MEGABYTE = 1 << 20;

  private final StateBudget budget = new StateBudget(new StateLimits(10 * MEGABYTE, 30 * MEGABYTE));

  @Test
  void theLargestQueryOfAnApplicationStopsAndOnlyThatOne() {
    StateAccount small = budget.open("shop", null);
    StateAccount large = budget.open("shop", null);
    StateAccount other = budget.open("bank", null);
    other.grow(9 * MEGABYTE);
    large.grow(8 * MEGABYTE);
    assertThatCode(() -> small.grow(3 * MEGABYTE)).doesNotThrowAnyException();
    assertThatThrownBy(() -> large.grow(0))
        .isInstanceOf(StopLoopException.class)
        .hasMessage(
            "the query remembers about 8.0 MB, and the 2 queries of its application (11 MB together)"
                + " may take 10 MB of this service's memory. Bound what it remembers (a window,"
                + " WITHIN or state_retention, a shorter interval or frame, fewer keys), or give the"
                + " application a larger state_memory");
    assertThatCode(() -> small.grow(MEGABYTE)).doesNotThrowAnyException();
    assertThatCode(() -> other.grow(MEGABYTE)).doesNotThrowAnyException();
  }

  @Test
  void anApplicationMaySayHowMuchItsQueriesMayTake() {
    StateAccount account = budget.open("shop", 20 * MEGABYTE);
    account.grow(19 * MEGABYTE);
    assertThatThrownBy(() -> account.grow(2 * MEGABYTE)).isInstanceOf(StopLoopException.class);
  }

  @Test
  void whatHasGoneDoesNotCount() {
    StateAccount account = budget.open("shop", null);
    account.grow(9 * MEGABYTE);
    account.grow(-8 * MEGABYTE);
    account.grow(8 * MEGABYTE);
    account.release(9 * MEGABYTE);
    account.close();
    StateAccount next = budget.open("shop", null);
    next.grow(9 * MEGABYTE);
    assertThat(next.bytes()).isEqualTo(9 * MEGABYTE);
  }

  @Test
  void theLargestOfAllStopsBeforeTheHeapIsFull() {
    StateAccount mine = budget.open("shop", 25 * MEGABYTE);
    StateAccount other = budget.open("bank", null);
    mine.grow(24 * MEGABYTE);
    other.grow(7 * MEGABYTE);
    assertThatThrownBy(() -> mine.grow(0))
        .hasMessageStartingWith(
            "all queries of this service remember about 31 MB together and may take 30 MB");
    other.grow(2 * MEGABYTE);
  }

  @Test
  void limitsAreSizesOrSharesOfTheHeap() {
    StateLimits limits = StateLimits.of("512 MB", "62.5%", 8L << 30);
    assertThat(limits).isEqualTo(new StateLimits(512L << 20, 5L << 30));
    assertThatThrownBy(() -> StateLimits.of("much", "60%", 1))
        .hasMessage("'much' is no size for state: write 512MB, or 40% for a share of the heap");
  }
}
