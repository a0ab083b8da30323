package io.millrace.connector.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One column of every type, and the values that events have to hold. */
final class AllTypes {

  static final String MARIADB_TABLE =
      """
      CREATE TABLE types (
        id INT PRIMARY KEY,
        ti TINYINT, tiu TINYINT UNSIGNED, bo BOOLEAN, si SMALLINT, siu SMALLINT UNSIGNED,
        mi MEDIUMINT, miu MEDIUMINT UNSIGNED, i INT, iu INT UNSIGNED, iz INT(8) ZEROFILL,
        bi BIGINT, biu BIGINT UNSIGNED,
        d DECIMAL(10,2), dx DECIMAL(65,30), du DECIMAL(12,4) UNSIGNED, dd DECIMAL,
        f FLOAT, f2 FLOAT(7,3), db DOUBLE, db2 DOUBLE(10,2),
        b1 BIT(1), b12 BIT(12),
        c CHAR(5), vc VARCHAR(50), tt TINYTEXT, tx TEXT, mt MEDIUMTEXT, lt LONGTEXT,
        l1 VARCHAR(20) CHARACTER SET latin1,
        bn BINARY(4), vb VARBINARY(10), tb TINYBLOB, bl BLOB, mb MEDIUMBLOB, lb LONGBLOB,
        da DATE, t TIME, t6 TIME(6), dt DATETIME, dt3 DATETIME(3), dt6 DATETIME(6),
        ts TIMESTAMP NULL, ts6 TIMESTAMP(6) NULL, y YEAR,
        e ENUM('red','green','it''s'), s SET('a','b','c'), j JSON, u UUID
      )
      """;

  static final String MARIADB_ROW =
      """
      INSERT INTO types VALUES (
        1,
        -128, 255, TRUE, -32768, 65535,
        -8388608, 16777215, -2147483648, 4294967295, 42,
        -9223372036854775808, 18446744073709551615,
        -12345678.90, 12345678901234567890123456789012345.123456789012345678901234567891, 1.5, 7,
        1.5, 1.125, 0.1, 99999999.25,
        b'1', b'101010101010',
        'ab', 'grün €', 'tiny', 'text', 'medium', 'long',
        'été',
        'ab', x'00FF', 'x', x'0102', 'y', 'z',
        '2026-02-28', '13:14:15', '-12:00:00.000001', '2026-01-02 03:04:05',
        '2026-01-02 03:04:05.678', '1969-12-31 23:59:59.999999',
        FROM_UNIXTIME(1000000000), FROM_UNIXTIME(1000000000.123456), 2026,
        'it''s', 'a,c', '{"k": [1, 2]}', '123e4567-e89b-12d3-a456-426655440001'
      )
      """;

  static final String MARIADB_NULLS = "INSERT INTO types (id) VALUES (2)";

  static final Map<String, Object> MARIADB_VALUES = new LinkedHashMap<>();

  static {
    Map<String, Object> v = MARIADB_VALUES;
    v.put("ti", -128);
    v.put("tiu", 255);
    v.put("bo", 1);
    v.put("siu", 65535);
    v.put("miu", 16777215);
    v.put("iu", 4294967295L);
    v.put("iz", 42L);
    v.put("bi", Long.MIN_VALUE);
    v.put("biu", new BigDecimal("18446744073709551615"));
    v.put("d", new BigDecimal("-12345678.90"));
    v.put(
        "dx", new BigDecimal("12345678901234567890123456789012345.123456789012345678901234567891"));
    v.put("du", new BigDecimal("1.5000"));
    v.put("dd", new BigDecimal("7"));
    v.put("f", 1.5f);
    v.put("f2", 1.125d);
    v.put("db", 0.1d);
    v.put("b1", true);
    v.put("vc", "grün €");
    v.put("l1", "été");
    v.put("bn", new byte[] {'a', 'b', 0, 0});
    v.put("vb", new byte[] {0, (byte) 0xFF});
    v.put("da", (int) java.time.LocalDate.of(2026, 2, 28).toEpochDay());
    v.put("t", (13 * 3600 + 14 * 60 + 15) * 1_000_000L);
    v.put("t6", -(12 * 3600 * 1_000_000L + 1));
    v.put("dt", 1767323045000000L);
    v.put("dt3", 1767323045678000L);
    v.put("dt6", -1L);
    v.put("ts", 1000000000000000L);
    v.put("ts6", 1000000000123456L);
    v.put("y", 2026);
    v.put("e", "it's");
    v.put("s", "a,c");
    v.put("j", "{\"k\": [1, 2]}");
    v.put("u", "123e4567-e89b-12d3-a456-426655440001");
  }

  private AllTypes() {}

  /** Values of one row by way of the copy and of the log. */
  static void assertSame(Map<String, Object> copied, Map<String, Object> logged, String key) {
    List<String> differences = new ArrayList<>();
    copied.forEach((column, value) -> {
      Object other = logged.get(column);
      if (!column.equals(key) && !java.util.Objects.deepEquals(value, other)) {
        differences.add(column + ": " + show(value) + " / " + show(other));
      }
    });
    assertThat(differences).isEmpty();
  }

  static void assertValues(Map<String, Object> row, Map<String, Object> expected) {
    List<String> differences = new ArrayList<>();
    expected.forEach((column, value) -> {
      if (!java.util.Objects.deepEquals(value, row.get(column))) {
        differences.add(column + ": " + show(row.get(column)) + " instead of " + show(value));
      }
    });
    assertThat(differences).isEmpty();
  }

  private static String show(Object value) {
    return value instanceof byte[] bytes ? java.util.HexFormat.of().formatHex(bytes) : "" + value;
  }
}
