package io.millrace.schemas.type;

import java.util.List;
import java.util.Locale;

/**
 * The type of a column. Nullability belongs to the {@link Field}, or to the element, not to the
 * type.
 *
 * <table>
 * <caption>How values are held in memory</caption>
 * <tr><td>BOOLEAN</td><td>{@link Boolean}</td></tr>
 * <tr><td>INT</td><td>{@link Integer}</td></tr>
 * <tr><td>BIGINT</td><td>{@link Long}</td></tr>
 * <tr><td>FLOAT</td><td>{@link Float}, 32 bits</td></tr>
 * <tr><td>DOUBLE</td><td>{@link Double}</td></tr>
 * <tr><td>DECIMAL(p,s)</td><td>{@link java.math.BigDecimal} of exactly scale s</td></tr>
 * <tr><td>STRING, JSON</td><td>{@link String}</td></tr>
 * <tr><td>BYTES</td><td>{@code byte[]}</td></tr>
 * <tr><td>DATE</td><td>{@link Integer}, days since 1970-01-01</td></tr>
 * <tr><td>TIME</td><td>{@link Long}, microseconds since midnight</td></tr>
 * <tr><td>TIMESTAMP</td><td>{@link Long}, microseconds since the epoch, UTC</td></tr>
 * <tr><td>ARRAY</td><td>{@link java.util.List}</td></tr>
 * <tr><td>MAP</td><td>{@link java.util.Map} with {@link String} keys</td></tr>
 * <tr><td>ROW</td><td>{@code Object[]}</td></tr>
 * </table>
 */
public sealed interface DataType {

  DataType BOOLEAN = new Primitive(Kind.BOOLEAN);
  DataType INT = new Primitive(Kind.INT);
  DataType BIGINT = new Primitive(Kind.BIGINT);
  DataType FLOAT = new Primitive(Kind.FLOAT);
  DataType DOUBLE = new Primitive(Kind.DOUBLE);
  DataType STRING = new Primitive(Kind.STRING);
  DataType BYTES = new Primitive(Kind.BYTES);
  DataType DATE = new Primitive(Kind.DATE);
  DataType TIME = new Primitive(Kind.TIME);
  DataType TIMESTAMP = new Primitive(Kind.TIMESTAMP);
  DataType JSON = new Primitive(Kind.JSON);

  /** The kinds without parameters. */
  enum Kind {
    BOOLEAN,
    INT,
    BIGINT,
    FLOAT,
    DOUBLE,
    STRING,
    BYTES,
    DATE,
    TIME,
    TIMESTAMP,
    JSON
  }

  /** The type as the language writes it, for instance {@code DECIMAL(10, 2)}. */
  String sql();

  /** A type without parameters. */
  record Primitive(Kind kind) implements DataType {
    @Override
    public String sql() {
      return kind.name().toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return sql();
    }
  }

  /**
   * An exact number of {@code precision} digits in all, 1 to 65, {@code scale} of them decimals.
   */
  record Decimal(int precision, int scale) implements DataType {
    public static final int MAX_PRECISION = 65;

    public Decimal {
      if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
        throw new IllegalArgumentException(
            "DECIMAL(%d, %d): the precision has to be 1 to %d and the scale 0 to the precision"
                .formatted(precision, scale, MAX_PRECISION));
      }
    }

    @Override
    public String sql() {
      return "DECIMAL(" + precision + ", " + scale + ")";
    }

    @Override
    public String toString() {
      return sql();
    }
  }

  /** A list of elements of one type; elements may be null. */
  record Array(DataType element) implements DataType {
    @Override
    public String sql() {
      return "ARRAY<" + element.sql() + ">";
    }

    @Override
    public String toString() {
      return sql();
    }
  }

  /** A map from strings; values may be null. */
  record MapOf(DataType value) implements DataType {
    @Override
    public String sql() {
      return "MAP<STRING, " + value.sql() + ">";
    }

    @Override
    public String toString() {
      return sql();
    }
  }

  /** A nested row. */
  record Row(RowType row) implements DataType {
    @Override
    public String sql() {
      return "ROW(" + row.sql() + ")";
    }

    @Override
    public String toString() {
      return sql();
    }
  }

  static DataType decimal(int precision, int scale) {
    return new Decimal(precision, scale);
  }

  static DataType array(DataType element) {
    return new Array(element);
  }

  static DataType map(DataType value) {
    return new MapOf(value);
  }

  static DataType row(List<Field> fields) {
    return new Row(new RowType(fields));
  }
}
