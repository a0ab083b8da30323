package io.millrace.local.demo;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/**
 * The demo database: what a small chain of shops sells, and how much of it lies where. The same on
 * every machine, because it is generated from a fixed seed.
 */
public final class ShopData {

  /** Products are numbered from 1. */
  public static final int PRODUCTS = 500;

  /** Locations are numbered from 1; number 10 is the central warehouse. */
  public static final int LOCATIONS = 12;

  private static final long SEED = 20_261_123;

  private static final String[][] CATEGORIES = {
    {"Coffee", "Espresso Beans", "Filter Roast", "Decaf Beans", "Cold Brew Blend"},
    {"Tea", "Earl Grey", "Sencha", "Rooibos", "Peppermint Leaves"},
    {"Bakery", "Rye Bread", "Sourdough Loaf", "Crispbread", "Butter Biscuits"},
    {"Dairy", "Mountain Cheese", "Greek Yoghurt", "Salted Butter", "Oat Drink"},
    {"Pantry", "Basmati Rice", "Red Lentils", "Olive Oil", "Tomato Passata"},
    {"Sweets", "Dark Chocolate", "Salted Caramel", "Fruit Jellies", "Nougat"},
    {"Drinks", "Apple Juice", "Ginger Ale", "Sparkling Water", "Elderflower Cordial"},
    {"Household", "Dish Soap", "Laundry Powder", "Beeswax Candles", "Paper Towels"},
  };

  private static final String[] BRANDS = {
    "Alder & Finch",
    "Brightwater",
    "Caldera",
    "Dunmore",
    "Eastmark",
    "Fjordland",
    "Grünwald",
    "Hearth",
    "Isla Verde",
    "Juniper Lane",
    "Kestrel",
    "Lumière",
  };

  private static final String[] SIZES = {"100 g", "250 g", "500 g", "1 kg", "0.5 l", "1 l"};

  private ShopData() {}

  /** Makes and fills the tables unless they are there. */
  public static void createUnlessThere(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (complete(statement)) {
        return;
      }
      statement.execute("DROP TABLE IF EXISTS stock, product, location");
      statement.execute(
          """
          CREATE TABLE product (
            product_id INT PRIMARY KEY,
            description VARCHAR(100) NOT NULL,
            brand VARCHAR(40) NOT NULL,
            category VARCHAR(30) NOT NULL,
            price DECIMAL(10,2) NOT NULL,
            updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6))\
          """);
      statement.execute(
          """
          CREATE TABLE location (
            location_id INT PRIMARY KEY,
            name VARCHAR(60) NOT NULL)\
          """);
      statement.execute(
          """
          CREATE TABLE stock (
            location_id INT NOT NULL,
            product_id INT NOT NULL,
            quantity INT NOT NULL,
            updated_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
              ON UPDATE CURRENT_TIMESTAMP(6),
            PRIMARY KEY (location_id, product_id))\
          """);
      connection.setAutoCommit(false);
      Random random = new Random(SEED);
      products(connection, random);
      stock(connection, random);
      // the last table to be filled tells a later start that all are there
      locations(connection);
      connection.commit();
      connection.setAutoCommit(true);
    }
  }

  private static boolean complete(Statement statement) throws SQLException {
    try (ResultSet tables = statement.executeQuery("SHOW TABLES LIKE 'location'")) {
      if (!tables.next()) {
        return false;
      }
    }
    try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM location")) {
      return rows.next() && rows.getInt(1) == LOCATIONS;
    }
  }

  private static void products(Connection connection, Random random) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO product (product_id, description, brand, category, price)"
                + " VALUES (?, ?, ?, ?, ?)")) {
      for (int id = 1; id <= PRODUCTS; id++) {
        String[] category = CATEGORIES[random.nextInt(CATEGORIES.length)];
        String kind = category[1 + random.nextInt(category.length - 1)];
        insert.setInt(1, id);
        insert.setString(2, kind + ", " + SIZES[random.nextInt(SIZES.length)]);
        insert.setString(3, BRANDS[random.nextInt(BRANDS.length)]);
        insert.setString(4, category[0]);
        insert.setBigDecimal(5, BigDecimal.valueOf(99 + 10L * random.nextInt(300), 2));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void stock(Connection connection, Random random) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO stock (location_id, product_id, quantity) VALUES (?, ?, ?)")) {
      for (int location = 1; location <= LOCATIONS; location++) {
        for (int product = 1; product <= PRODUCTS; product++) {
          insert.setInt(1, location);
          insert.setInt(2, product);
          insert.setInt(3, random.nextInt(location == 10 ? 5000 : 200));
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  private static void locations(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO location (location_id, name) VALUES (?, ?)")) {
      for (int location = 1; location <= LOCATIONS; location++) {
        insert.setInt(1, location);
        insert.setString(2, location == 10 ? "Central warehouse" : "Shop " + location);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
