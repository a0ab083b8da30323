package io.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.ChangeEvents;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What the sink does to a database, the same for every database. */
abstract class JdbcSinkTaskSuite {

  static final RowType STOCK =
      RowType.of(
          Field.required("id", DataType.INT),
          Field.nullable("name", DataType.STRING),
          Field.nullable("price", DataType.decimal(10, 2)));

  final Schema events = AvroTypes.toAvro(STOCK, "default.app.stock");
  final Schema changes = ChangeEvents.schema(STOCK, List.of("id"), "default.app.stock_changes");

  abstract Connection connect() throws SQLException;

  abstract Map<String, String> connectionOptions();

  abstract String quote(String identifier);

  Map<String, String> options(String... more) {
    Map<String, String> options = new HashMap<>(connectionOptions());
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return options;
  }

  static Object[] stock(int id, String name, String price) {
    return new Object[] {id, name, price == null ? null : new BigDecimal(price)};
  }

  static Object[] change(String op, Object[] before, Object[] after) {
    return change("stock", op, before, after);
  }

  static Object[] change(String table, String op, Object[] before, Object[] after) {
    return new Object[] {
      before,
      after,
      op,
      1_700_000_000_000_000L,
      new Object[] {"mariadb", "shop", null, table, false, "1", null}
    };
  }

  List<List<String>> rows(String table, String columns) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT %s FROM %s ORDER BY 1".formatted(columns, quote(table)))) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void appendsEveryEventOnceWhateverIsDeliveredAgain() throws SQLException {
    try (ChangesHarness sink =
        new ChangesHarness(options("table", "appended"), events, StreamKind.EVENTS, List.of())) {
      for (int i = 0; i < 50; i++) {
        sink.append(sink.partition("stock", i % 2), events, stock(i, "n" + i, "1.50"));
      }
      sink.start();
      sink.deliver(10);
      sink.start();
      sink.deliver(7);
      sink.start(Map.of(sink.partition("stock", 0), 20L));
      sink.deliverAll();
      sink.start();
      sink.deliverAll();
      assertThat(rows("appended", "id, name, price"))
          .hasSize(50)
          .first()
          .isEqualTo(List.of("0", "n0", "1.50"));
    }
  }

  @Test
  void keepsTheTargetEqualToTheSourceThroughRestarts() throws SQLException {
    try (ChangesHarness sink =
        new ChangesHarness(options("table", "replica"), changes, StreamKind.CHANGES, List.of())) {
      Map<Integer, Object[]> source = new TreeMap<>();
      Random random = new Random(7);
      for (int i = 0; i < 3000; i++) {
        int id = random.nextInt(200);
        var partition = sink.partition("stock", id % 2);
        Object[] old = source.get(id);
        if (old == null) {
          Object[] row = stock(id, "n" + i, i + ".25");
          source.put(id, row);
          sink.append(partition, changes, change("c", null, row));
        } else if (random.nextInt(3) == 0) {
          source.remove(id);
          sink.append(partition, changes, change("d", old, null));
        } else {
          Object[] row = stock(id, "u" + i, null);
          source.put(id, row);
          sink.append(partition, changes, change("u", old, row));
        }
      }
      sink.start();
      for (int i = 0; i < 20; i++) {
        sink.deliver(random.nextInt(200));
        if (i % 4 == 3) {
          sink.start();
        }
      }
      sink.deliverAll();
      List<List<String>> expected = new ArrayList<>();
      source.values().forEach(r -> expected.add(texts(r)));
      assertThat(rows("replica", "id, name, price")).isEqualTo(expected);
    }
  }

  @Test
  void aChangedKeyMovesTheRow() throws SQLException {
    try (ChangesHarness sink =
        new ChangesHarness(options("table", "moved"), changes, StreamKind.CHANGES, List.of())) {
      var partition = sink.partition("stock", 0);
      sink.append(partition, changes, change("c", null, stock(1, "a", "1.00")));
      sink.start();
      sink.deliverAll();
      sink.append(partition, changes, change("u", stock(1, "a", "1.00"), stock(2, "a", "1.00")));
      sink.deliverAll();
      assertThat(rows("moved", "id, name")).containsExactly(List.of("2", "a"));
    }
  }

  @Test
  void truncateEmptiesTheTable() throws SQLException {
    try (ChangesHarness sink =
        new ChangesHarness(options("table", "emptied"), changes, StreamKind.CHANGES, List.of())) {
      var partition = sink.partition("stock", 0);
      sink.append(partition, changes, change("c", null, stock(1, "a", null)));
      sink.start();
      sink.deliverAll();
      sink.append(
          partition,
          changes,
          change("c", null, stock(2, "b", null)),
          change("t", null, null),
          change("c", null, stock(3, "c", null)));
      sink.deliverAll();
      assertThat(rows("emptied", "id, name")).containsExactly(List.of("3", "c"));
    }
  }

  @Test
  void addsColumnsThatTheEventsHaveAndWidensTypes() throws SQLException {
    try (ChangesHarness sink =
        new ChangesHarness(options("table", "grown"), changes, StreamKind.CHANGES, List.of())) {
      var partition = sink.partition("stock", 0);
      sink.append(partition, changes, change("c", null, stock(1, "a", "1.00")));
      RowType wider =
          RowType.of(
              Field.required("id", DataType.BIGINT),
              Field.nullable("name", DataType.STRING),
              Field.nullable("price", DataType.decimal(12, 4)),
              Field.nullable("brand", DataType.STRING));
      Schema grown = ChangeEvents.schema(wider, List.of("id"), "default.app.stock_changes");
      sink.append(
          partition,
          grown,
          change(
              "c",
              null,
              new Object[] {5_000_000_000L, "b", new BigDecimal("12345678.1234"), "acme"}));
      sink.append(partition, changes, change("u", null, stock(1, "aa", "2.00")));
      sink.start();
      sink.deliverAll();
      assertThat(rows("grown", "id, name, price, brand"))
          .containsExactly(
              java.util.Arrays.asList("1", "aa", "2.0000", null),
              List.of("5000000000", "b", "12345678.1234", "acme"));
    }
  }

  @Test
  void aRefusedRowGoesToTheDeadLettersAndComesBackAsAReplay() throws Exception {
    execute(
        "CREATE TABLE %s (id INTEGER PRIMARY KEY, name VARCHAR(5), price DECIMAL(10,2))"
            .formatted(quote("strict")));
    try (ChangesHarness sink =
        new ChangesHarness(options("table", "strict"), changes, StreamKind.CHANGES, List.of())) {
      var partition = sink.partition("stock", 0);
      for (int i = 0; i < 100; i++) {
        String name = i == 30 || i == 77 ? "far too long" : "n" + i;
        sink.append(partition, changes, change("c", null, stock(i, name, null)));
      }
      sink.append(partition, changes, change("u", null, stock(5, "too long again", null)));
      sink.append(partition, new byte[] {1, 2, 3});
      sink.start();
      sink.deliverAll();
      assertThat(rows("strict", "id, name")).hasSize(98).contains(List.of("5", "n5"));
      List<DeadLetter> letters = sink.deadLetters();
      assertThat(letters)
          .extracting(DeadLetter::getOffset)
          .containsExactlyInAnyOrder(30L, 77L, 100L, 101L);
      assertThat(letters)
          .filteredOn(l -> l.getOffset() == 30)
          .singleElement()
          .satisfies(l -> {
            assertThat(l.getCode()).isEqualTo("REJECTED_BY_TARGET");
            assertThat(l.getReason()).contains("strict");
            assertThat(l.getText()).contains("\"far too long\"");
          });

      execute("ALTER TABLE %s DROP COLUMN name".formatted(quote("strict")));
      execute("ALTER TABLE %s ADD COLUMN name VARCHAR(50)".formatted(quote("strict")));
      for (DeadLetter letter : letters) {
        sink.append(sink.replays(), bytes(letter));
      }
      sink.start();
      sink.deliverAll();
      assertThat(rows("strict", "id, name"))
          .hasSize(100)
          .contains(List.of("30", "far too long"), List.of("5", "too long again"));
    }
  }

  @Test
  void aLateZombieChangesNothing() throws SQLException {
    try (ChangesHarness sink =
        new ChangesHarness(options("table", "fenced"), events, StreamKind.EVENTS, List.of())) {
      var partition = sink.partition("stock", 0);
      for (int i = 0; i < 20; i++) {
        sink.append(partition, events, stock(i, "n" + i, null));
      }
      JdbcSinkTask zombie = sink.start();
      sink.deliver(5);
      List<org.apache.kafka.connect.sink.SinkRecord> late = sink.poll(5);
      sink.start();
      sink.deliver(10);
      zombie.put(late);
      sink.deliverAll();
      assertThat(rows("fenced", "id, name")).hasSize(20);
      zombie.stop();
    }
  }

  @Test
  void everyTypeComesThroughUnharmed() throws SQLException {
    RowType all =
        RowType.of(
            Field.required("id", DataType.INT),
            Field.nullable("a_boolean", DataType.BOOLEAN),
            Field.nullable("a_bigint", DataType.BIGINT),
            Field.nullable("a_float", DataType.FLOAT),
            Field.nullable("a_double", DataType.DOUBLE),
            Field.nullable("a_decimal", DataType.decimal(38, 10)),
            Field.nullable("a_string", DataType.STRING),
            Field.nullable("some_bytes", DataType.BYTES),
            Field.nullable("a_date", DataType.DATE),
            Field.nullable("a_time", DataType.TIME),
            Field.nullable("a_timestamp", DataType.TIMESTAMP),
            Field.nullable("some_json", DataType.JSON),
            Field.nullable("a_list", DataType.array(DataType.INT)));
    Schema schema = AvroTypes.toAvro(all, "default.app.all");
    try (ChangesHarness sink =
        new ChangesHarness(
            options("table", "all types", "mode", "upsert", "key", "id"),
            schema,
            StreamKind.EVENTS,
            List.of())) {
      var partition = sink.partition("stock", 0);
      sink.append(
          partition,
          schema,
          new Object[] {
            1,
            true,
            Long.MIN_VALUE,
            1.5f,
            -1.0e-300,
            new BigDecimal("-1234567890123456789012345678.0123456789"),
            "quote \" back \\ slash {},NULL 'x' ünï😀\n\t",
            new byte[] {0, 1, (byte) 0xFF, '\\', '"'},
            19_000,
            86_399_999_999L,
            1_700_000_000_123_456L,
            "{\"a\": [1, 2]}",
            List.of(1, 2, 3)
          },
          new Object[] {
            2,
            false,
            Long.MAX_VALUE,
            null,
            null,
            null,
            "",
            new byte[0],
            -719_162,
            0L,
            -62_135_596_800_000_000L,
            "null",
            List.of()
          },
          new Object[] {3, null, null, null, null, null, null, null, null, null, null, null, null});
      sink.start();
      sink.deliverAll();
      assertThat(sink.deadLetters()).isEmpty();
      List<List<String>> rows =
          rows(
              "all types",
              "id, a_boolean, a_bigint, a_double, a_decimal, a_string, a_date, a_time, a_timestamp");
      assertThat(rows.get(0).subList(2, 9))
          .containsExactly(
              "-9223372036854775808",
              rows.get(0).get(3),
              "-1234567890123456789012345678.0123456789",
              "quote \" back \\ slash {},NULL 'x' ünï😀\n\t",
              "2022-01-08",
              rows.get(0).get(7),
              "2023-11-14 22:13:20.123456");
      assertThat(Double.parseDouble(rows.get(0).get(3))).isEqualTo(-1.0e-300);
      assertThat(rows.get(0).get(7)).startsWith("23:59:59.999999");
      assertThat(rows.get(1).get(5)).isEmpty();
      assertThat(rows.get(1).get(6)).isEqualTo("0001-01-01");
      assertThat(rows.get(1).get(8)).startsWith("0001-01-01 00:00:00");
      assertThat(rows.get(2).subList(1, 9)).containsOnlyNulls();
      try (Connection connection = connect();
          Statement statement = connection.createStatement();
          ResultSet result =
              statement.executeQuery(
                  "SELECT some_bytes, a_float FROM %s WHERE id = 1"
                      .formatted(quote("all types")))) {
        result.next();
        assertThat(result.getBytes(1)).containsExactly(0, 1, 0xFF, '\\', '"');
        assertThat(result.getFloat(2)).isEqualTo(1.5f);
      }
    }
  }

  @Test
  void aWholeDatabaseGoesToATableEach() throws SQLException {
    RowType brand =
        RowType.of(Field.required("code", DataType.STRING), Field.nullable("t", DataType.STRING));
    Schema brands = ChangeEvents.schema(brand, List.of("code"), "default.app.brand");
    Map<String, Schema> streams =
        new TreeMap<>(Map.of("shop.stock", changes, "shop.brand", brands));
    try (ChangesHarness sink =
        new ChangesHarness(
            options("table", "copy_{database}_{table}"), streams, StreamKind.CHANGES, List.of())) {
      sink.append(sink.partition("shop.stock", 0), changes, change("r", null, stock(1, "a", null)));
      sink.append(
          sink.partition("shop.brand", 1),
          brands,
          change("brand", "r", null, new Object[] {"a", "A"}),
          change("brand", "r", null, new Object[] {"A ", "B"}),
          change("brand", "r", null, new Object[] {"A", "C"}));
      sink.start();
      sink.deliverAll();
      assertThat(rows("copy_shop_stock", "id, name")).containsExactly(List.of("1", "a"));
      assertThat(rows("copy_shop_brand", "code, t"))
          .containsExactlyInAnyOrder(List.of("a", "A"), List.of("A ", "B"), List.of("A", "C"));
    }
  }

  @Test
  void aTableWithoutAKeyIsKeptEqualRowByRow() throws SQLException {
    Schema keyless = ChangeEvents.schema(STOCK, List.of(), "default.app.keyless");
    try (ChangesHarness sink =
        new ChangesHarness(options("table", "keyless"), keyless, StreamKind.CHANGES, List.of())) {
      var partition = sink.partition("stock", 0);
      Object[] a = stock(1, "a", "1.00");
      Object[] b = stock(1, null, null);
      sink.append(
          partition,
          keyless,
          change("c", null, a),
          change("c", null, a),
          change("r", null, a),
          change("c", null, b),
          change("d", a, null));
      sink.start();
      sink.deliver(3);
      sink.deliverAll();
      assertThat(rows("keyless", "id, name")).hasSize(3);
      sink.append(
          partition,
          keyless,
          change("u", b, stock(2, "b", null)),
          change("d", a, null),
          change("c", null, b),
          change("u", b, a));
      sink.start();
      sink.deliverAll();
      assertThat(rows("keyless", "id, name"))
          .containsExactlyInAnyOrder(List.of("1", "a"), List.of("1", "a"), List.of("2", "b"));
    }
  }

  static List<String> texts(Object[] row) {
    List<String> texts = new ArrayList<>();
    for (Object value : row) {
      texts.add(value == null ? null : value.toString());
    }
    return texts;
  }

  static byte[] bytes(DeadLetter letter) throws IOException {
    ByteBuffer buffer = letter.toByteBuffer();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
