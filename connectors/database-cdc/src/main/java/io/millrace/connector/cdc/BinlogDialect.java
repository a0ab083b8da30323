package io.millrace.connector.cdc;

import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/** MariaDB and MySQL: positions in the binary log. */
record BinlogDialect(String connectorClass, String taskClass) implements Dialect {

  static final BinlogDialect MARIADB =
      new BinlogDialect(
          "io.debezium.connector.mariadb.MariaDbConnector",
          "io.debezium.connector.mariadb.MariaDbConnectorTask");
  static final BinlogDialect MYSQL =
      new BinlogDialect(
          "io.debezium.connector.mysql.MySqlConnector",
          "io.debezium.connector.mysql.MySqlConnectorTask");

  @Override
  public String table(Struct source) {
    return source.getString("db") + "." + source.getString("table");
  }

  @Override
  public Position position(Struct source) {
    return new Position(source.getString("file"), source.getInt64("pos"), source.getInt32("row"));
  }

  @Override
  public Position snapshotPosition(Map<String, ?> offset) {
    return new Position((String) offset.get("file"), ((Number) offset.get("pos")).longValue(), 0);
  }

  /** Within a transaction file, pos and gtids stay at its start; event and row count from there. */
  @Override
  public Map<String, Object> rewind(Map<String, ?> offset) {
    Map<String, Object> start = Dialect.copy(offset);
    start.remove("event");
    start.remove("row");
    return start;
  }

  @Override
  public boolean hasPassed(Map<String, ?> offset, Position copy) {
    return !snapshotPosition(offset).isBefore(copy);
  }

  @Override
  public String transaction(Struct source) {
    return source.getString("gtid");
  }

  /** Without global ids the place at which the transaction starts, which the offset has. */
  @Override
  public String transactionId(Struct source, Map<String, ?> offset) {
    String gtid = source.getString("gtid");
    return gtid == null ? offset.get("file") + ":" + offset.get("pos") : gtid;
  }
}
