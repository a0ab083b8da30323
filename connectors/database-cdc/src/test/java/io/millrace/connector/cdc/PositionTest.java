package io.millrace.connector.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What is kept with an offset survives being written and read; positions are ordered as logs are.
 */
class PositionTest {

  @Test
  void filesGrowInNumberAndThenInLength() {
    Position before = new Position("0-1-1", "bin.999999", 500, 3, 0);
    Position after = new Position("0-1-1", "bin.1000000", 4, 0, 0);
    assertThat(before.isAtOrBefore(after)).isTrue();
    assertThat(after.isAtOrBefore(before)).isFalse();
  }

  @Test
  void rowsAndRecordsOfOneRowFollowEachOther() {
    Position first = new Position("0-1-1", "bin.000001", 500, 3, 0);
    Position second = new Position("0-1-1", "bin.000001", 500, 3, 1);
    Position third = new Position("0-1-1", "bin.000001", 500, 4, 0);
    assertThat(first.isAtOrBefore(second)).isTrue();
    assertThat(second.isAtOrBefore(first)).isFalse();
    assertThat(second.isAtOrBefore(third)).isTrue();
    assertThat(first.isAtOrBefore(first)).isTrue();
    assertThat(third.isBeforePlace(first)).isFalse();
  }

  @Test
  void onlyTheTransactionOfTheLastWrittenChangeIsFiltered() {
    ResumeFilter filter = new ResumeFilter(new Position("7", "", 100, 0, 2));
    assertThat(filter.isWritten(new Position("7", "", 100, 0, 1))).isTrue();
    assertThat(filter.isWritten(new Position("7", "", 100, 0, 2))).isTrue();
    assertThat(filter.isWritten(new Position("7", "", 100, 0, 3))).isFalse();
    // of a transaction that began earlier and was committed later
    assertThat(filter.isWritten(new Position("6", "", 90, 0, 0))).isFalse();
  }

  @Test
  void theStateIsReadAsItWasWritten() {
    CaptureState state =
        new CaptureState(
            Map.of("file", "bin.000001", "pos", 4L),
            new Position("0-1-1", "bin.000001", 500, 3, 1),
            Map.of(
                "shop.stock", new CaptureState.TableState("id", null),
                "shop.new",
                    new CaptureState.TableState(
                        "id2", new Position(null, "bin.000001", 400, 0, 0))));
    assertThat(CaptureState.read(state.offset())).isEqualTo(state);
  }

  @Test
  void aTransactionIsReadAgainFromItsStart() {
    Map<String, Object> binlog =
        Map.of("file", "bin.000001", "pos", 4L, "gtids", "0-1-1", "event", 7L, "row", 3);
    assertThat(BinlogDialect.MARIADB.rewind(binlog)).containsOnlyKeys("file", "pos", "gtids");
    Map<String, Object> wal =
        Map.of("lsn", 120L, "lsn_proc", 120L, "lsn_commit", 100L, "messageType", "INSERT");
    assertThat(new PostgresDialect().rewind(wal)).isEqualTo(Map.of("lsn", 100L));
  }

  @Test
  void aStarStandsForAnythingButADot() {
    TablePatterns patterns = new TablePatterns(List.of("shop.*", "crm.order_1"));
    assertThat(patterns.matches("shop.stock")).isTrue();
    assertThat(patterns.matches("Shop.Stock")).isTrue();
    assertThat(patterns.matches("shopxstock")).isFalse();
    assertThat(patterns.matches("crm.order_12")).isFalse();
    assertThat(patterns.exact()).containsExactly("crm.order_1");
    assertThat(TablePatterns.includeList(List.of("a.b*"))).isEqualTo("a\\x2eb[^.]*");
  }
}
