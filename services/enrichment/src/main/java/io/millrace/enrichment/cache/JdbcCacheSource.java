package io.millrace.enrichment.cache;

import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The rows of a SELECT. */
final class JdbcCacheSource implements CacheSource {

  private static final Duration REFRESH = Duration.ofMinutes(5);
  private static final int FETCH_SIZE = 1_000;

  private final CacheDefinition cache;
  private final String url;
  private final String query;
  private final Properties login = new Properties();
  private final Duration refresh;
  private final int fetchSize;

  /**
   * @param options with secrets in clear
   */
  JdbcCacheSource(CacheDefinition cache, Map<String, String> options) {
    this.cache = cache;
    this.url = Options.required(cache, "url");
    this.query = query(cache);
    this.fetchSize = (int) Options.number(cache, "fetch_size", FETCH_SIZE);
    loadDriver(cache.option("driver"));
    Duration wanted = Options.duration(cache, "refresh");
    this.refresh = wanted == null ? REFRESH : wanted;
    if (options.containsKey("username")) {
      login.setProperty("user", options.get("username"));
    }
    if (options.containsKey("password")) {
      login.setProperty("password", options.get("password"));
    }
  }

  private static String query(CacheDefinition cache) {
    String table = cache.option("table");
    if (cache.option("query") != null || table == null) {
      return Options.required(cache, "query");
    }
    return "SELECT * FROM " + table;
  }

  private static void loadDriver(String name) {
    if (name == null) {
      return;
    }
    try {
      if (!Driver.class.isAssignableFrom(Class.forName(name))) {
        throw new ClassCastException(name);
      }
    } catch (ClassNotFoundException | ClassCastException e) {
      throw new IllegalArgumentException(
          "%s is no JDBC driver on the class path; put its jar there".formatted(name), e);
    }
  }

  @Override
  public String version() {
    return null;
  }

  @Override
  public Duration refresh() {
    return refresh;
  }

  @Override
  public void load(Rows rows) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, login)) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false); // PostgreSQL fetches piece by piece only then
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(fetchSize);
        try (ResultSet result = statement.executeQuery(query)) {
          read(result, rows);
        }
      }
      connection.rollback();
    }
  }

  private void read(ResultSet result, Rows rows) throws SQLException {
    int[] columns = columns(result.getMetaData());
    long number = 0;
    while (result.next()) {
      number++;
      Object[] row = new Object[columns.length];
      try {
        for (int i = 0; i < columns.length; i++) {
          row[i] = value(result, columns[i], cache.row().field(i).type());
        }
      } catch (ArithmeticException | SQLException | IllegalArgumentException e) {
        rows.rejected("row " + number, e.getMessage(), null);
        continue;
      }
      rows.row(row);
    }
  }

  private int[] columns(ResultSetMetaData metaData) throws SQLException {
    int[] columns = new int[cache.row().size()];
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      Field field = cache.row().field(i);
      for (int c = 1; c <= metaData.getColumnCount(); c++) {
        if (metaData.getColumnLabel(c).equalsIgnoreCase(field.name())) {
          columns[i] = c;
        }
      }
      if (columns[i] == 0) {
        missing.add(field.name());
      }
    }
    if (!missing.isEmpty()) {
      throw new SQLException(
          "the query of cache %s gives no column named %s"
              .formatted(cache.name(), String.join(", ", missing)));
    }
    return columns;
  }

  private static Object value(ResultSet result, int column, DataType type) throws SQLException {
    if (result.getObject(column) == null) {
      return null;
    }
    return switch (type) {
      case DataType.Decimal decimal ->
          result.getBigDecimal(column).setScale(decimal.scale(), RoundingMode.UNNECESSARY);
      case DataType.Primitive primitive ->
          switch (primitive.kind()) {
            case BOOLEAN -> result.getBoolean(column);
            case INT -> result.getInt(column);
            case BIGINT -> result.getLong(column);
            case FLOAT -> result.getFloat(column);
            case DOUBLE -> result.getDouble(column);
            case STRING, JSON -> result.getString(column);
            case BYTES -> result.getBytes(column);
            case DATE -> (int) result.getObject(column, LocalDate.class).toEpochDay();
            case TIME -> result.getObject(column, LocalTime.class).toNanoOfDay() / 1000;
            case TIMESTAMP -> micros(result, column);
          };
      default ->
          throw new IllegalArgumentException(
              "a cache over JDBC cannot have a column of type " + type.sql());
    };
  }

  private static long micros(ResultSet result, int column) throws SQLException {
    Object value = result.getObject(column);
    LocalDateTime time =
        value instanceof OffsetDateTime
                || result.getMetaData().getColumnType(column)
                    == java.sql.Types.TIMESTAMP_WITH_TIMEZONE
            ? result
                .getObject(column, OffsetDateTime.class)
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toLocalDateTime()
            : result.getObject(column, LocalDateTime.class);
    return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000;
  }
}
