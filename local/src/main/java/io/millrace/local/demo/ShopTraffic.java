package io.millrace.local.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;

/**
 * One thing after another that happens in the shops: a sale, a delivery to a location, a new price.
 * Not thread-safe.
 */
public final class ShopTraffic {

  private final Connection connection;
  private final Random random;

  /**
   * @param connection to the database shop; every change is a transaction of its own
   * @param seed the same seed gives the same changes
   */
  public ShopTraffic(Connection connection, long seed) {
    this.connection = connection;
    this.random = new Random(seed);
  }

  /** Makes the next change. */
  public void next() throws SQLException {
    int kind = random.nextInt(100);
    if (kind < 80) {
      sell();
    } else if (kind < 97) {
      deliver();
    } else {
      changePrice();
    }
  }

  private void sell() throws SQLException {
    update(
        "UPDATE stock SET quantity = GREATEST(0, quantity - ?)"
            + " WHERE location_id = ? AND product_id = ?",
        1 + random.nextInt(4),
        location(),
        product());
  }

  private void deliver() throws SQLException {
    update(
        "UPDATE stock SET quantity = quantity + ? WHERE location_id = ? AND product_id = ?",
        10 * (1 + random.nextInt(10)),
        location(),
        product());
  }

  private void changePrice() throws SQLException {
    update(
        "UPDATE product SET price = ROUND(price * ? / 100, 2), updated_at = CURRENT_TIMESTAMP(6)"
            + " WHERE product_id = ?",
        95 + random.nextInt(11),
        product());
  }

  private int location() {
    return 1 + random.nextInt(ShopData.LOCATIONS);
  }

  private int product() {
    return 1 + random.nextInt(ShopData.PRODUCTS);
  }

  private void update(String sql, int... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setInt(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }
}
