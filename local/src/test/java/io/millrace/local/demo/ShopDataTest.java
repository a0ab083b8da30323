package io.millrace.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.TestMariaDb;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class ShopDataTest {

  @Test
  void isTheSameEverywhereMadeOnceAndChanges() throws SQLException {
    TestMariaDb server = TestMariaDb.shared();
    String database = server.createDatabase();
    try (Connection connection = server.connect(database)) {
      ShopData.createUnlessThere(connection);
      assertThat(number(connection, "SELECT COUNT(*) FROM stock")).isEqualTo(6000);
      assertThat(number(connection, "SELECT COUNT(*) FROM product")).isEqualTo(500);
      long quantity = number(connection, "SELECT SUM(quantity) FROM stock");
      ShopTraffic traffic = new ShopTraffic(connection, 1);
      for (int i = 0; i < 100; i++) {
        traffic.next();
      }
      long changed = number(connection, "SELECT SUM(quantity) FROM stock");
      assertThat(changed).isNotEqualTo(quantity);
      ShopData.createUnlessThere(connection);
      assertThat(number(connection, "SELECT SUM(quantity) FROM stock")).isEqualTo(changed);
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
