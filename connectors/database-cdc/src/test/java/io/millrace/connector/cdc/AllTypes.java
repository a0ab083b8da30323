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
        e ENUM('red','green','it''s'), s SET('a','b','c'), j JSON, u UUID, u4 UUID, u0 UUID
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
        'it''s', 'a,c', '{"k": [1, 2]}', '123e4567-e89b-12d3-a456-426655440000',
        '6ccd780c-baba-4026-9564-5b8c656024db', '6ccd780c-baba-4026-9564-5b8c65602400'
      )
      """;

  static final String MARIADB_NULLS = "INSERT INTO types (id) VALUES (2)";

  static final Map<String, Object> MARIADB_VALUES = new LinkedHashMap<>();

  static final String POSTGRES_TABLE =
      """
      CREATE TABLE types (
        id INT PRIMARY KEY,
        bo BOOLEAN, si SMALLINT, i INT, bi BIGINT, o OID,
        r REAL, dp DOUBLE PRECISION, n NUMERIC(10,2), nx NUMERIC(65,30), nu NUMERIC, n5 NUMERIC(5),
        m MONEY, dom positive,
        c CHAR(5), vc VARCHAR(50), t TEXT, ct CITEXT, nm NAME, x XML,
        by BYTEA, b1 BIT(1), b8 BIT(12), vb VARBIT(12),
        d DATE, tm TIME, tm3 TIME(3), tz TIMETZ, ts TIMESTAMP, ts3 TIMESTAMP(3), tstz TIMESTAMPTZ,
        iv INTERVAL, u UUID, j JSON, jb JSONB, hs HSTORE, e mood,
        ip INET, ci CIDR, ma MACADDR, tv TSVECTOR, ir INT4RANGE, tr TSTZRANGE,
        ai INT[], at TEXT[], an NUMERIC(6,2)[], au UUID[], ad DATE[], ab BOOLEAN[], ats TIMESTAMPTZ[],
        p POINT, bx BOX
      )
      """;

  static final String POSTGRES_ROW =
      """
      INSERT INTO types VALUES (
        1,
        TRUE, -32768, -2147483648, -9223372036854775808, 4294967295,
        1.5, 0.1, -12345678.90,
        12345678901234567890123456789012345.123456789012345678901234567891, 3.14159265358979323846,
        99999, 12.34, 1.250,
        'ab', 'grün €', 'text', 'Citext', 'name', '<a>1</a>',
        '\\x00ff', B'1', B'101010101010', B'1010',
        '2026-02-28', '13:14:15.123456', '13:14:15.123', '13:14:15+02', '1969-12-31 23:59:59.999999',
        '2026-01-02 03:04:05.678', '2001-09-09 01:46:40.123456+00',
        '1 year 2 mons 3 days 04:05:06.5', '123e4567-e89b-12d3-a456-426655440000',
        '{"k": [1, 2]}', '{"k": [1, 2]}', 'a=>1, b=>NULL', 'happy',
        '10.0.0.1/24', '10.0.0.0/8', '08:00:2b:01:02:03', 'a fat cat', '[1,5)',
        '["2026-01-01 00:00:00+00","2026-01-02 00:00:00+00")',
        '{1,NULL,3}', '{a,"b c",NULL}', '{1.50,2.25}', '{123e4567-e89b-12d3-a456-426655440000}',
        '{2026-02-28}', '{t,f}', '{"2001-09-09 01:46:40.123456+00"}',
        '(1,2)', '((0,0),(1,1))'
      )
      """;

  static final Map<String, Object> POSTGRES_VALUES = new LinkedHashMap<>();

  static {
    Map<String, Object> v = POSTGRES_VALUES;
    v.put("bo", true);
    v.put("si", -32768);
    v.put("bi", Long.MIN_VALUE);
    v.put("o", 4294967295L);
    v.put("r", 1.5f);
    v.put("dp", 0.1d);
    v.put("n", new BigDecimal("-12345678.90"));
    v.put(
        "nx", new BigDecimal("12345678901234567890123456789012345.123456789012345678901234567891"));
    v.put("nu", "3.14159265358979323846");
    v.put("n5", new BigDecimal("99999"));
    v.put("m", new BigDecimal("12.34"));
    v.put("dom", new BigDecimal("1.250"));
    v.put("vc", "grün €");
    v.put("by", new byte[] {0, (byte) 0xFF});
    v.put("b1", true);
    v.put("d", (int) java.time.LocalDate.of(2026, 2, 28).toEpochDay());
    v.put("tm", (13 * 3600 + 14 * 60 + 15) * 1_000_000L + 123456);
    v.put("tm3", (13 * 3600 + 14 * 60 + 15) * 1_000_000L + 123000);
    v.put("ts", -1L);
    v.put("ts3", 1767323045678000L);
    v.put("tstz", 1000000000123456L);
    v.put("u", "123e4567-e89b-12d3-a456-426655440000");
    v.put("e", "happy");
    v.put("ip", "10.0.0.1/24");
    v.put("ai", java.util.Arrays.asList(1, null, 3));
    v.put("at", java.util.Arrays.asList("a", "b c", null));
    v.put("an", List.of(new BigDecimal("1.50"), new BigDecimal("2.25")));
    v.put("ad", List.of((int) java.time.LocalDate.of(2026, 2, 28).toEpochDay()));
    v.put("ats", List.of(1000000000123456L));
  }

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
    v.put("u", "123e4567-e89b-12d3-a456-426655440000");
    v.put("u4", "6ccd780c-baba-4026-9564-5b8c656024db");
    v.put("u0", "6ccd780c-baba-4026-9564-5b8c65602400");
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
