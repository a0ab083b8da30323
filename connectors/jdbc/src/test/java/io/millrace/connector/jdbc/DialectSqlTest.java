package io.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The statements of every database; the only test of those that no server can be had of here. */
class DialectSqlTest {

  private static final TableId TABLE = new TableId("shop", "stock");
  private static final RowType COLUMNS =
      RowType.of(
          Field.required("id", DataType.INT),
          Field.required("code", DataType.STRING),
          Field.nullable("name", DataType.STRING),
          Field.nullable("price", DataType.decimal(10, 2)),
          Field.nullable("at", DataType.TIMESTAMP),
          Field.nullable("tags", DataType.array(DataType.STRING)));

  private static Layout layout(String... columns) {
    List<Layout.Binding> bindings =
        java.util.stream.IntStream.range(0, columns.length)
            .mapToObj(i ->
                new Layout.Binding(
                    i,
                    DataType.INT,
                    new TargetColumn(columns[i], Types.INTEGER, "int4", 10, 0, true)))
            .toList();
    return new Layout(
        new TargetTable(
            TABLE,
            bindings.stream().map(Layout.Binding::target).toList(),
            List.of(columns[0]),
            Set.of(Set.of(columns[0]))),
        bindings,
        bindings.subList(0, 1));
  }

  @Test
  void sqlServer() {
    Dialect dialect = Dialect.of("jdbc:sqlserver://host;databaseName=shop");
    assertThat(dialect.createTable(TABLE, COLUMNS, List.of("id", "code")))
        .isEqualTo(
            "CREATE TABLE [shop].[stock] ([id] int NOT NULL, [code] nvarchar(255) COLLATE"
                + " Latin1_General_100_BIN2 NOT NULL, [name] nvarchar(max), [price] decimal(10, 2),"
                + " [at] datetime2(6), [tags] nvarchar(max), PRIMARY KEY ([id], [code]))");
    assertThat(dialect.upsert(layout("id", "name")))
        .isEqualTo(
            "MERGE INTO [shop].[stock] WITH (HOLDLOCK) AS t USING (VALUES (?, ?)) AS s ([id],"
                + " [name]) ON t.[id] = s.[id] WHEN MATCHED THEN UPDATE SET t.[name] = s.[name]"
                + " WHEN NOT MATCHED THEN INSERT ([id], [name]) VALUES (s.[id], s.[name]);");
    assertThat(dialect.upsert(layout("id"))).doesNotContain("WHEN MATCHED");
    assertThat(dialect.addColumn(TABLE, "x]y", DataType.BIGINT))
        .isEqualTo("ALTER TABLE [shop].[stock] ADD [x]]y] bigint");
    assertThat(dialect.delete(layout("id", "name")))
        .isEqualTo("DELETE FROM [shop].[stock] WHERE [id] = ?");
    assertThat(dialect.classify(new SQLException("deadlock", "40001", 1205)))
        .isEqualTo(Fault.TRANSIENT);
    assertThat(dialect.classify(new SQLException("too long", "22001", 2628))).isEqualTo(Fault.ROW);
  }

  @Test
  void oracle() {
    Dialect dialect = Dialect.of("jdbc:oracle:thin:@//host/shop");
    assertThat(dialect.createTable(TABLE, COLUMNS, List.of("id")))
        .isEqualTo(
            "CREATE TABLE \"shop\".\"stock\" (\"id\" NUMBER(10) NOT NULL, \"code\" CLOB, \"name\""
                + " CLOB, \"price\" NUMBER(10, 2), \"at\" TIMESTAMP(6), \"tags\" CLOB, PRIMARY KEY"
                + " (\"id\"))");
    assertThat(dialect.upsert(layout("id", "name")))
        .isEqualTo(
            "MERGE INTO \"shop\".\"stock\" t USING (SELECT ? \"id\", ? \"name\" FROM DUAL) s ON"
                + " (t.\"id\" = s.\"id\") WHEN MATCHED THEN UPDATE SET t.\"name\" = s.\"name\" WHEN"
                + " NOT MATCHED THEN INSERT (\"id\", \"name\") VALUES (s.\"id\", s.\"name\")");
    assertThat(dialect.changeType(TABLE, "price", "NUMBER(12, 2)", false))
        .isEqualTo("ALTER TABLE \"shop\".\"stock\" MODIFY (\"price\" NUMBER(12, 2))");
    assertThat(dialect.classify(new SQLException("too large", "72000", 12899)))
        .isEqualTo(Fault.ROW);
    assertThat(dialect.classify(new SQLException("gone", "08006", 17002)))
        .isEqualTo(Fault.CONNECTION);
  }

  @Test
  void postgres() {
    Dialect dialect = Dialect.of("jdbc:postgresql://host/shop");
    assertThat(dialect.upsert(layout("id", "name")))
        .isEqualTo(
            "INSERT INTO \"shop\".\"stock\" (\"id\", \"name\") VALUES (?, ?) ON CONFLICT (\"id\")"
                + " DO UPDATE SET \"name\" = EXCLUDED.\"name\"");
    assertThat(dialect.createTable(TABLE, COLUMNS, List.of("id")))
        .isEqualTo(
            "CREATE TABLE \"shop\".\"stock\" (\"id\" integer NOT NULL, \"code\" text, \"name\" text,"
                + " \"price\" numeric(10, 2), \"at\" timestamp(6), \"tags\" jsonb, PRIMARY KEY"
                + " (\"id\"))");
  }

  @Test
  void mariaDb() {
    Dialect dialect = Dialect.of("jdbc:mariadb://host/shop");
    assertThat(dialect.upsert(layout("id", "name")))
        .isEqualTo(
            "INSERT INTO `shop`.`stock` (`id`, `name`) VALUES (?, ?) ON DUPLICATE KEY UPDATE"
                + " `name` = VALUES(`name`)");
    assertThat(dialect.changeType(TABLE, "id", "BIGINT", true))
        .isEqualTo("ALTER TABLE `shop`.`stock` MODIFY COLUMN `id` BIGINT NOT NULL");
  }

  @Test
  void typesAreWidenedWhereNothingIsLost() {
    TargetColumn integer = new TargetColumn("c", Types.INTEGER, "int4", 10, 0, true);
    TargetColumn number = new TargetColumn("c", Types.NUMERIC, "numeric", 10, 2, true);
    TargetColumn text = new TargetColumn("c", Types.VARCHAR, "varchar", 20, 0, true);
    assertThat(ColumnFit.of(DataType.INT, integer)).isEqualTo(ColumnFit.FITS);
    assertThat(ColumnFit.of(DataType.BIGINT, integer)).isEqualTo(ColumnFit.TOO_NARROW);
    assertThat(ColumnFit.widened(DataType.BIGINT, integer)).isEqualTo(DataType.BIGINT);
    assertThat(ColumnFit.of(DataType.decimal(12, 4), number)).isEqualTo(ColumnFit.TOO_NARROW);
    assertThat(ColumnFit.widened(DataType.decimal(9, 4), number))
        .isEqualTo(DataType.decimal(12, 4));
    assertThat(ColumnFit.of(DataType.INT, number)).isEqualTo(ColumnFit.TOO_NARROW);
    assertThat(ColumnFit.widened(DataType.INT, number)).isEqualTo(DataType.decimal(12, 2));
    assertThat(ColumnFit.of(DataType.STRING, text)).isEqualTo(ColumnFit.FITS);
    assertThat(ColumnFit.of(DataType.STRING, integer)).isEqualTo(ColumnFit.INCOMPATIBLE);
    assertThat(ColumnFit.of(DataType.DOUBLE, number)).isEqualTo(ColumnFit.INCOMPATIBLE);
  }
}
