package io.millrace.connector.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.ChangeEvents;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.CaptureProgress;
import io.millrace.schemas.type.RowType;
import io.millrace.testing.TestMariaDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** MariaDB's tables as typed streams. */
class MariaDbCaptureTest {

  private final TestMariaDb maria = TestMariaDb.shared();

  private CaptureHarness harness(String name, String database) {
    return new CaptureHarness(
        "default." + name,
        new MariaDbCdcProvider(),
        new HashMap<>(
            Map.of(
                "hostname",
                "127.0.0.1",
                "port",
                "" + maria.port(),
                "username",
                maria.username(),
                "password",
                maria.password(),
                "tables",
                database + ".*")));
  }

  @Test
  void firstTheRowsThenTheChanges() {
    String db = maria.createDatabase();
    maria.execute(
        db,
        "CREATE TABLE stock (location INT, product INT, quantity INT DEFAULT 5, PRIMARY KEY"
            + " (location, product))",
        "INSERT INTO stock VALUES (1, 1, 10), (1, 2, NULL)",
        "CREATE TABLE empty (a INT)");
    try (CaptureHarness capture = harness("life", db).stream(db + ".stock").stream(db + ".empty")) {
      capture.run();
      List<CaptureHarness.Change> rows = capture.await(db + ".stock", 2);
      assertThat(rows).extracting(CaptureHarness.Change::op).containsOnly(ChangeEvents.READ);
      assertThat(rows.get(1).value("quantity")).isNull();
      capture.await(
          "both copies complete",
          () ->
              progress(capture)
                  .containsAll(
                      List.of(capture.topic(db + ".stock"), capture.topic(db + ".empty"))));

      maria.execute(
          db,
          "UPDATE stock SET quantity = 11 WHERE product = 1",
          "UPDATE stock SET product = 3 WHERE product = 2",
          "DELETE FROM stock WHERE product = 1");
      List<CaptureHarness.Change> all = capture.await(db + ".stock", 6);
      assertThat(all)
          .extracting(CaptureHarness.Change::op)
          .containsExactly("r", "r", "u", "d", "c", "d");
      CaptureHarness.Change update = all.get(2);
      assertThat(update.before()).containsEntry("quantity", 10);
      assertThat(update.row()).containsEntry("quantity", 11);
      assertThat(update.record().key()).isEqualTo(all.get(0).record().key());
      assertThat(ChangeEvents.key(update.event().schema())).containsExactly("location", "product");
      Object[] source = (Object[]) update.event().row()[ChangeEvents.SOURCE];
      assertThat(source[0]).isEqualTo("mariadb-cdc");
      assertThat(source[1]).isEqualTo(db);
      assertThat(source[3]).isEqualTo("stock");
      assertThat(source[5]).asString().matches("0-1-\\d+");

      // a column added while it runs
      maria.execute(
          db,
          "ALTER TABLE stock ADD COLUMN note VARCHAR(20)",
          "INSERT INTO stock VALUES (2, 9, 1, 'new')");
      CaptureHarness.Change added = capture.await(db + ".stock", 7).getLast();
      assertThat(added.row()).containsEntry("note", "new");

      // stopped and started again, nothing is missed or repeated
      capture.stopWorker();
      maria.execute(db, "INSERT INTO stock VALUES (3, 9, 1, 'later')");
      capture.run();
      assertThat(capture.await(db + ".stock", 8).getLast().row()).containsEntry("note", "later");
      capture.await(
          "its status", () -> capture.status() != null && capture.status().getEventsOut() >= 1);
    }
  }

  @Test
  void aDroppedCaptureTakesItsHistoryAlong() throws Exception {
    String db = maria.createDatabase();
    maria.execute(db, "CREATE TABLE a (id INT PRIMARY KEY)", "INSERT INTO a VALUES (1)");
    try (CaptureHarness capture = harness("gone", db).stream(db + ".a");
        Admin admin = Admin.create(new HashMap<String, Object>(capture.kafka.clientConfig()))) {
      capture.run();
      capture.await(db + ".a", 1);
      Predicate<String> history = t -> t.startsWith("millrace.history.millrace_default_gone_");
      assertThat(admin.listTopics().names().get()).anyMatch(history);
      capture.drop();
      capture.await("released", () -> capture.status() != null && capture.status().getReleased());
      assertThat(admin.listTopics().names().get()).noneMatch(history);
    }
  }

  @Test
  void aTableAddedLaterIsCopiedWithoutGapOrDouble() {
    String db = maria.createDatabase();
    maria.execute(
        db,
        "CREATE TABLE a (id INT PRIMARY KEY, v INT)",
        "INSERT INTO a VALUES (1, 1)",
        "CREATE TABLE b (id INT PRIMARY KEY, v INT)",
        "INSERT INTO b VALUES (1, 1), (2, 2)");
    try (CaptureHarness capture = harness("added", db).stream(db + ".a")) {
      capture.option("tables", db + ".a");
      capture.run();
      capture.await(db + ".a", 1);
      capture.stopWorker();
      // in the log before the copy, and in the copy
      maria.execute(
          db,
          "INSERT INTO a VALUES (2, 2)",
          "INSERT INTO b VALUES (3, 3)",
          "UPDATE b SET v = 20 WHERE id = 2");
      capture.stream(db + ".b");
      capture.option("tables", db + ".a, " + db + ".b");
      capture.run();
      List<CaptureHarness.Change> copied = capture.await(db + ".b", 3);
      assertThat(copied).extracting(CaptureHarness.Change::op).containsOnly("r");
      assertThat(copied).extracting(c -> c.value("v")).containsExactly(1, 20, 3);
      capture.await(db + ".a", 2);
      maria.execute(db, "INSERT INTO b VALUES (4, 4)");
      assertThat(capture.await(db + ".b", 4).getLast().op()).isEqualTo("c");
      capture.stopWorker();
      maria.execute(db, "INSERT INTO b VALUES (5, 5)", "INSERT INTO a VALUES (3, 3)");
      capture.run();
      capture.await(db + ".b", 5);
      capture.await(db + ".a", 3);
    }
  }

  @Test
  void discoveryAndCaptureAgreeOnEveryType() {
    String db = maria.createDatabase();
    maria.execute(db, AllTypes.MARIADB_TABLE, AllTypes.MARIADB_ROW, AllTypes.MARIADB_NULLS);
    try (CaptureHarness capture = harness("types", db).stream(db + ".types")) {
      capture.run();
      capture.await(db + ".types", 2);
      maria.execute(db, "UPDATE types SET id = id + 10");
      List<CaptureHarness.Change> changes = capture.await(db + ".types", 6);
      RowType discovered = capture.discovered(db + ".types").columns();
      for (CaptureHarness.Change change : changes) {
        assertThat(change.event().rowType()).isEqualTo(ChangeEvents.of(discovered));
      }
      Map<String, Object> copied = changes.get(0).row();
      Map<String, Object> logged = changes.get(3).row();
      AllTypes.assertSame(copied, logged, "id");
      AllTypes.assertValues(copied, AllTypes.MARIADB_VALUES);
      assertThat(changes.get(1).row().values().stream().filter(v -> v != null)).hasSize(1);
    }
  }

  private static List<String> progress(CaptureHarness capture) {
    return capture.kafka.records(Topics.CAPTURES).stream()
        .map(r -> {
          try {
            return CaptureProgress.fromByteBuffer(ByteBuffer.wrap(r.value())).getTopic();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        })
        .toList();
  }
}
