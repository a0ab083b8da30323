package io.millrace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** Every server keeps its data over a restart. */
class TestServersTest {

  @Test
  void kafkaKeepsItsTopics() throws Exception {
    try (TestKafka kafka = TestKafka.create(Map.of())) {
      kafka.createTopic("kept", 3);
      kafka.stop();
      kafka.start();
      try (Admin admin = Admin.create(Map.<String, Object>copyOf(kafka.clientConfig()))) {
        assertThat(admin.listTopics().names().get()).contains("kept");
      }
    }
  }

  @Test
  void postgresKeepsItsRows() throws Exception {
    try (TestPostgres postgres = TestPostgres.create()) {
      String database = postgres.createDatabase();
      postgres.execute(database, "CREATE TABLE t (a INT)", "INSERT INTO t VALUES (1)");
      postgres.stop();
      postgres.start();
      try (var connection = postgres.connect(database);
          ResultSet rows =
              connection
                  .createStatement()
                  .executeQuery("SELECT count(*), current_setting('wal_level') FROM t")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(1);
        assertThat(rows.getString(2)).isEqualTo("logical");
      }
    }
  }

  @Test
  void mariaDbKeepsItsRows() throws Exception {
    try (TestMariaDb maria = TestMariaDb.create()) {
      String database = maria.createDatabase();
      maria.execute(database, "CREATE TABLE t (a INT)", "INSERT INTO t VALUES (1)");
      maria.stop();
      maria.start();
      try (var connection = maria.connect(database);
          ResultSet rows =
              connection
                  .createStatement()
                  .executeQuery("SELECT count(*), @@binlog_format FROM t")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(1);
        assertThat(rows.getString(2)).isEqualTo("ROW");
      }
    }
  }

  @Test
  void redisKeepsItsKeysUntilItLosesThem() throws Exception {
    try (TestRedis redis = TestRedis.create()) {
      assertThat(ask(redis, "SET k v")).startsWith("+OK");
      redis.stop();
      redis.start();
      assertThat(ask(redis, "GET k")).startsWith("$1");
      redis.stop();
      redis.loseData();
      redis.start();
      assertThat(ask(redis, "GET k")).startsWith("$-1");
    }
  }

  private static String ask(TestRedis redis, String command) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
      byte[] answer = new byte[100];
      int length = socket.getInputStream().read(answer);
      return new String(answer, 0, length, StandardCharsets.UTF_8);
    }
  }
}
