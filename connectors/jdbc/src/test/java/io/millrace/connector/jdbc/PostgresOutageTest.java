package io.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connector.Problem;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A target that goes away and comes back, and one that is not as it should be. */
class PostgresOutageTest {

  private static TestPostgres postgres;

  private final Schema events = AvroTypes.toAvro(JdbcSinkTaskSuite.STOCK, "default.app.stock");
  private final String database = postgres.createDatabase();

  @BeforeAll
  static void start() {
    postgres = TestPostgres.create();
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  private Map<String, String> options(String... more) {
    Map<String, String> options = new HashMap<>();
    options.put("url", postgres.jdbcUrl(database));
    options.put("username", postgres.username());
    options.put("password", postgres.password());
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return options;
  }

  @Test
  void nothingIsLostOrDoubledWhenTheServerGoesAwayAndComesBack() throws Exception {
    try (ChangesHarness sink =
        new ChangesHarness(options("table", "kept"), events, StreamKind.EVENTS, List.of())) {
      var partition = sink.partition("stock", 0);
      for (int i = 0; i < 30; i++) {
        sink.append(partition, events, JdbcSinkTaskSuite.stock(i, "n" + i, null));
      }
      JdbcSinkTask task = sink.start();
      sink.deliver(10);
      List<SinkRecord> batch = sink.poll(10);
      postgres.stop();
      assertThatThrownBy(() -> task.put(batch)).isInstanceOf(RetriableException.class);
      assertThatThrownBy(() -> task.put(batch)).isInstanceOf(RetriableException.class);
      postgres.start();
      task.put(batch);
      sink.deliverAll();
      assertThat(count("kept")).isEqualTo(30);
    }
  }

  @Test
  void columnsThatCannotTakeTheValuesAreNamed() {
    postgres.execute(database, "CREATE TABLE wrong (id integer, name integer)");
    try (ChangesHarness sink =
        new ChangesHarness(options("table", "wrong"), events, StreamKind.EVENTS, List.of())) {
      sink.append(sink.partition("stock", 0), events, JdbcSinkTaskSuite.stock(1, "a", null));
      sink.start();
      assertThatThrownBy(() -> sink.deliver(1))
          .isInstanceOf(ConnectException.class)
          .isNotInstanceOf(RetriableException.class)
          .hasMessageContaining("column name of table wrong")
          .hasMessageContaining("text");
    }
  }

  @Test
  void onErrorStopStopsAtTheRefusedRow() throws Exception {
    postgres.execute(
        database, "CREATE TABLE strict (id integer, name varchar(3), price numeric(10,2))");
    try (ChangesHarness sink =
        new ChangesHarness(
            options("table", "strict", "on_error", "stop"), events, StreamKind.EVENTS, List.of())) {
      sink.append(
          sink.partition("stock", 0),
          events,
          JdbcSinkTaskSuite.stock(1, "abc", null),
          JdbcSinkTaskSuite.stock(2, "abcd", null));
      sink.start();
      assertThatThrownBy(() -> sink.deliver(2))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("at offset 1");
      assertThat(count("strict")).isZero();
      assertThat(sink.deadLetters()).isEmpty();
    }
  }

  @Test
  void checkNamesWhatIsMissingWithTheStatementThatFixesIt() {
    postgres.execute(
        database,
        "CREATE ROLE poor LOGIN PASSWORD 'poor'",
        "CREATE TABLE kept_out (id integer, name text)",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO poor");
    JdbcSinkProvider provider = new JdbcSinkProvider();
    assertThat(provider.check(options("username", "poor", "password", "poor", "table", "kept_out")))
        .extracting(Problem::code, Problem::statement)
        .contains(
            org.assertj.core.groups.Tuple.tuple(
                "CANNOT_CREATE_TABLES", "GRANT CREATE ON SCHEMA \"public\" TO \"poor\""),
            org.assertj.core.groups.Tuple.tuple(
                "NO_PERMISSION",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON \"kept_out\" TO \"poor\""));
    assertThat(provider.check(options("table", "kept_out", "mode", "upsert", "key", "id")))
        .singleElement()
        .satisfies(p -> {
          assertThat(p.code()).isEqualTo("KEY_NOT_UNIQUE");
          assertThat(p.statement()).startsWith("CREATE UNIQUE INDEX");
        });
    assertThat(provider.check(options("table", "kept_out", "mode", "upsert", "key", "nid")))
        .singleElement()
        .satisfies(p -> assertThat(p.fix()).contains("id, name"));
    assertThat(provider.check(options("url", postgres.jdbcUrl("nowhere"))))
        .singleElement()
        .satisfies(p -> assertThat(p.statement()).isEqualTo("CREATE DATABASE \"nowhere\""));
    assertThat(provider.check(options("url", "jdbc:db2://host/x")))
        .singleElement()
        .satisfies(p -> assertThat(p.message()).contains("jdbc:db2"));
  }

  private long count(String table) throws Exception {
    try (Connection connection = postgres.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
