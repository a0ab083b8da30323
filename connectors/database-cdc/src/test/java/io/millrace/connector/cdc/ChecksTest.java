package io.millrace.connector.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.Problem;
import io.millrace.testing.TestMariaDb;
import io.millrace.testing.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What is wrong with a database is said together with the statement that puts it right. */
class ChecksTest {

  private final TestMariaDb maria = TestMariaDb.shared();
  private final TestPostgres postgres = TestPostgres.shared();

  private static Map<String, String> with(Map<String, String> options, String... changes) {
    Map<String, String> changed = new HashMap<>(options);
    for (int i = 0; i < changes.length; i += 2) {
      changed.put(changes[i], changes[i + 1]);
    }
    return changed;
  }

  private Map<String, String> mariaOptions(String tables) {
    return Map.of(
        "hostname",
        "127.0.0.1",
        "port",
        "" + maria.port(),
        "username",
        maria.username(),
        "password",
        maria.password(),
        "tables",
        tables);
  }

  private Map<String, String> postgresOptions(String database, String tables) {
    return Map.of(
        "hostname",
        "127.0.0.1",
        "port",
        "" + postgres.port(),
        "username",
        postgres.username(),
        "password",
        postgres.password(),
        "database",
        database,
        "tables",
        tables);
  }

  private static List<String> codes(List<Problem> problems) {
    return problems.stream().map(Problem::code).toList();
  }

  @Test
  void mariaDb() throws Exception {
    String db = maria.createDatabase();
    maria.execute(db, "CREATE TABLE stock (id INT PRIMARY KEY)");
    ConnectorProvider provider = new MariaDbCdcProvider();
    Map<String, String> good = mariaOptions(db + ".stock");
    assertThat(provider.check(good)).isEmpty();
    assertThat(codes(provider.check(with(good, "password", "wrong"))))
        .containsExactly("LOGIN_REFUSED");
    assertThat(codes(provider.check(with(good, "port", "1"))))
        .containsExactly("CONNECTION_REFUSED");
    assertThat(codes(provider.check(with(good, "hostname", "no-such-host.invalid"))))
        .containsExactly("UNKNOWN_HOST");
    assertThat(codes(provider.check(with(good, "hostnam", "x")))).containsExactly("UNKNOWN_OPTION");
    List<Problem> unknown = provider.check(with(good, "tables", db + ".stok"));
    assertThat(codes(unknown)).containsExactly("UNKNOWN_TABLE");
    assertThat(unknown.getFirst().fix()).contains(db + ".stock");
    Assertions.assertThatThrownBy(() -> provider.tables(with(good, "password", "wrong")))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("refuses the user");

    // every statement that a check gives, carried out, removes its problem
    maria.execute(
        db,
        "CREATE USER 'poor'@'%' IDENTIFIED BY 'poor'",
        "GRANT SELECT ON " + db + ".stock TO 'poor'@'%'",
        "SET GLOBAL binlog_row_image = 'MINIMAL'");
    try {
      Map<String, String> poor = with(good, "username", "poor", "password", "poor");
      List<Problem> problems = provider.check(poor);
      assertThat(codes(problems))
          .containsExactlyInAnyOrder("BINLOG_ROW_IMAGE", "MISSING_GRANT", "MISSING_GRANT");
      for (Problem problem : problems) {
        maria.execute(db, problem.statement());
      }
      assertThat(provider.check(poor)).isEmpty();
    } finally {
      maria.execute(db, "SET GLOBAL binlog_row_image = 'FULL'");
    }
  }

  @Test
  void postgres() throws Exception {
    String db = postgres.createDatabase();
    postgres.execute(
        db,
        "CREATE TABLE stock (id INT PRIMARY KEY)",
        "ALTER TABLE stock REPLICA IDENTITY FULL",
        "CREATE TABLE plain (id INT PRIMARY KEY)");
    ConnectorProvider provider = new PostgresCdcProvider();
    Map<String, String> good = postgresOptions(db, "public.stock");
    assertThat(provider.check(good)).isEmpty();
    assertThat(codes(provider.check(with(good, "database", "nowhere"))))
        .containsExactly("UNKNOWN_DATABASE");
    assertThat(codes(provider.check(with(good, "port", "1"))))
        .containsExactly("CONNECTION_REFUSED");
    List<Problem> unknown = provider.check(with(good, "tables", "public.stokc"));
    assertThat(codes(unknown)).containsExactly("UNKNOWN_TABLE");
    assertThat(unknown.getFirst().fix()).contains("public.stock");
    List<Problem> identity = provider.check(with(good, "tables", "public.plain"));
    assertThat(codes(identity)).containsExactly("REPLICA_IDENTITY");
    assertThat(identity.getFirst().severity()).isEqualTo(Problem.Severity.WARNING);
    postgres.execute(db, identity.getFirst().statement());
    assertThat(provider.check(with(good, "tables", "public.plain"))).isEmpty();

    String user = "poor_" + db;
    postgres.execute(db, "CREATE ROLE %s LOGIN PASSWORD 'poor'".formatted(user));
    Map<String, String> poor = with(good, "username", user, "password", "poor");
    List<Problem> problems = provider.check(poor);
    assertThat(codes(problems))
        .containsExactlyInAnyOrder("NO_REPLICATION", "MISSING_GRANT", "NO_PUBLICATION");
    for (Problem problem : problems) {
      postgres.execute(db, problem.statement());
    }
    assertThat(provider.check(with(poor, "publication", "millrace"))).isEmpty();
    try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl(db), user, "poor");
        Statement statement = connection.createStatement()) {
      assertThat(statement.execute("SELECT * FROM stock")).isTrue();
    }
  }
}
