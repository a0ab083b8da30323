package io.millrace.connector.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.ChangeEvents;
import io.millrace.schemas.type.RowType;
import io.millrace.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** PostgreSQL's tables as typed streams. */
class PostgresCaptureTest {

  private final TestPostgres postgres = TestPostgres.shared();

  private CaptureHarness harness(String name, String database, String tables) {
    return new CaptureHarness(
        "default." + name,
        new PostgresCdcProvider(),
        new HashMap<>(
            Map.of(
                "hostname",
                "127.0.0.1",
                "port",
                "" + postgres.port(),
                "database",
                database,
                "username",
                postgres.username(),
                "password",
                postgres.password(),
                "tables",
                tables)));
  }

  @Test
  void firstTheRowsThenTheChanges() {
    String db = postgres.createDatabase();
    postgres.execute(
        db,
        "CREATE TABLE stock (location INT, product INT, quantity INT DEFAULT 5, PRIMARY KEY"
            + " (location, product))",
        "ALTER TABLE stock REPLICA IDENTITY FULL",
        "INSERT INTO stock VALUES (1, 1, 10), (1, 2, NULL)");
    try (CaptureHarness capture = harness("pglife", db, "public.*").stream("public.stock")) {
      capture.run();
      List<CaptureHarness.Change> rows = capture.await("public.stock", 2);
      assertThat(rows).extracting(CaptureHarness.Change::op).containsOnly(ChangeEvents.READ);
      assertThat(rows.get(1).value("quantity")).isNull();
      postgres.execute(
          db,
          "UPDATE stock SET quantity = 11 WHERE product = 1",
          "UPDATE stock SET product = 3 WHERE product = 2",
          "DELETE FROM stock WHERE product = 1");
      List<CaptureHarness.Change> all = capture.await("public.stock", 6);
      assertThat(all)
          .extracting(CaptureHarness.Change::op)
          .containsExactly("r", "r", "u", "d", "c", "d");
      assertThat(all.get(2).before()).containsEntry("quantity", 10);
      postgres.execute(
          db,
          "ALTER TABLE stock ADD COLUMN note TEXT",
          "INSERT INTO stock VALUES (2, 9, 1, 'new')");
      assertThat(capture.await("public.stock", 7).getLast().row()).containsEntry("note", "new");
      capture.stopWorker();
      postgres.execute(db, "INSERT INTO stock VALUES (3, 9, 1, 'later')");
      capture.run();
      assertThat(capture.await("public.stock", 8).getLast().row()).containsEntry("note", "later");
    }
  }

  @Test
  void aTableAddedLaterIsCopiedWithoutGapOrDouble() throws Exception {
    String db = postgres.createDatabase();
    postgres.execute(
        db,
        "CREATE TABLE a (id INT PRIMARY KEY, v INT)",
        "INSERT INTO a VALUES (1, 1)",
        "CREATE TABLE b (id INT PRIMARY KEY, v INT)",
        "INSERT INTO b VALUES (1, 1), (2, 2)");
    try (CaptureHarness capture = harness("pgadded", db, "public.a").stream("public.a")) {
      capture.run();
      capture.await("public.a", 1);
      capture.stopWorker();
      postgres.execute(
          db,
          "INSERT INTO a VALUES (2, 2)",
          "INSERT INTO b VALUES (3, 3)",
          "UPDATE b SET v = 20 WHERE id = 2");
      capture.stream("public.b");
      capture.option("tables", "public.a, public.b");
      capture.run();
      List<CaptureHarness.Change> copied = capture.await("public.b", 3);
      assertThat(copied).extracting(CaptureHarness.Change::op).containsOnly("r");
      capture.await("public.a", 2);
      postgres.execute(db, "INSERT INTO b VALUES (4, 4)");
      assertThat(capture.await("public.b", 4).getLast().op()).isEqualTo("c");
      capture.stopWorker();
      postgres.execute(db, "INSERT INTO b VALUES (5, 5)", "INSERT INTO a VALUES (3, 3)");
      capture.run();
      capture.await("public.b", 5);
      capture.await("public.a", 3);
    }
  }

  /** A slot that stays behind fills the disk of the server. */
  @Test
  void whatIsRemovedLeavesNothingBehindAndStartsAfresh() throws Exception {
    String db = postgres.createDatabase();
    postgres.execute(db, "CREATE TABLE a (id INT PRIMARY KEY)", "INSERT INTO a VALUES (1), (2)");
    try (CaptureHarness capture = harness("pggone", db, "public.a").stream("public.a")) {
      capture.run();
      capture.await("public.a", 2);
      assertThat(kept(db)).isEqualTo(2);

      capture.takeOut();
      capture.await("slot and publication are gone", () -> kept(db) == 0);
      postgres.execute(db, "INSERT INTO a VALUES (3)");
      capture.await("the connector is gone", () -> capture.status() == null);
      capture.run();
      assertThat(capture.await("public.a", 5))
          .extracting(CaptureHarness.Change::op)
          .containsOnly("r");
      postgres.execute(db, "INSERT INTO a VALUES (4)");
      capture.await("public.a", 6);

      capture.drop();
      capture.await("released", () -> capture.status() != null && capture.status().getReleased());
      assertThat(kept(db)).isZero();
    }
  }

  /** How many slots and publications a database has. */
  private long kept(String db) {
    try (Connection connection = postgres.connect(db);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT (SELECT count(*) FROM pg_replication_slots WHERE database ="
                    + " current_database()) + (SELECT count(*) FROM pg_publication)")) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void discoveryAndCaptureAgreeOnEveryType() {
    String db = postgres.createDatabase();
    postgres.execute(
        db,
        "CREATE EXTENSION IF NOT EXISTS hstore",
        "CREATE EXTENSION IF NOT EXISTS citext",
        "CREATE TYPE mood AS ENUM ('sad', 'happy')",
        "CREATE DOMAIN positive AS NUMERIC(8,3) CHECK (VALUE > 0)",
        AllTypes.POSTGRES_TABLE,
        "ALTER TABLE types REPLICA IDENTITY FULL",
        AllTypes.POSTGRES_ROW,
        "INSERT INTO types (id) VALUES (2)");
    try (CaptureHarness capture = harness("pgtypes", db, "public.types").stream("public.types")) {
      capture.run();
      capture.await("public.types", 2);
      postgres.execute(db, "UPDATE types SET id = id + 10");
      List<CaptureHarness.Change> changes = capture.await("public.types", 6);
      RowType discovered = capture.discovered("public.types").columns();
      for (CaptureHarness.Change change : changes) {
        assertThat(change.event().rowType()).isEqualTo(ChangeEvents.of(discovered));
      }
      Map<String, Object> copied = changes.get(0).row();
      AllTypes.assertSame(copied, changes.get(3).row(), "id");
      AllTypes.assertValues(copied, AllTypes.POSTGRES_VALUES);
      assertThat(changes.get(1).row().values().stream().filter(v -> v != null)).hasSize(1);
    }
  }
}
