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
    Position before = new Position("bin.999999", 500, 3);
    Position after = new Position("bin.1000000", 4, 0);
    assertThat(before.isBefore(after)).isTrue();
    assertThat(after.isBefore(before)).isFalse();
    assertThat(before.isBefore(new Position("bin.999999", 500, 9))).isFalse();
  }

  @Test
  void whatIsWrittenOfATransactionIsCountedByTable() {
    Written written = null;
    for (String table : List.of("a", "a", "b", "a", "c&d=")) {
      written = Written.next(written, "0-1-7", table);
    }
    assertThat(Written.parse(written.text())).isEqualTo(written);
    // the same transaction again, with a table more and one less
    Written again = null;
    List<Boolean> dropped = new java.util.ArrayList<>();
    for (String table : List.of("a", "new", "a", "a", "c&d=", "a", "c&d=")) {
      again = Written.next(again, "0-1-7", table);
      dropped.add(written.covers(again));
    }
    assertThat(dropped).containsExactly(true, false, true, true, true, false, false);
    assertThat(written.covers(Written.next(again, "0-1-8", "a"))).isFalse();
  }

  @Test
  void theStateIsReadAsItWasWritten() {
    CaptureState state =
        new CaptureState(
            Map.of("file", "bin.000001", "pos", 4L),
            Written.next(null, "0-1-1", "shop.stock"),
            Map.of(
                "shop.stock",
                new CaptureState.TableState("id", null),
                "shop.new",
                new CaptureState.TableState("id2", new Position("bin.000001", 400, 0))));
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
