package io.millrace.connector.cdc;

import io.millrace.connector.Problem;
import io.millrace.connector.TableDefinition;
import io.millrace.connector.option.OptionValues;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** What is done in one kind of database beside reading its log. Stateless. */
interface Database {

  /** Connects with the options of a statement. */
  Connection connect(OptionValues options) throws SQLException;

  /** The names of all tables that may be captured, as streams name them. */
  List<String> tableNames(Connection connection) throws SQLException;

  /** The columns and keys of the tables of these names, with the types of captured events. */
  List<TableDefinition> describe(Connection connection, List<String> tables) throws SQLException;

  /** Looks for whatever would keep a capture of these tables from running or from being whole. */
  List<Problem> check(Connection connection, OptionValues options, List<String> tables)
      throws SQLException;

  /** Why a connection was refused. */
  Problem refusal(OptionValues options, SQLException failure);

  /** Debezium's configuration; without offsets, schema history and snapshot mode. */
  Map<String, String> debezium(CdcSettings settings, List<String> tables);

  /** Before a first copy of all tables: nothing may be left of an attempt that was never kept. */
  void prepareFirst(Connection connection, CdcSettings settings, List<String> tables)
      throws SQLException;

  /** Before the log is read on from a position that was kept. */
  void prepareResume(Connection connection, CdcSettings settings, List<String> tables)
      throws SQLException;

  /** What differs for the first copy of tables that were added to a running capture. */
  Map<String, String> debeziumForAdded(CdcSettings settings);

  /** After that copy. */
  void finishAdded(Connection connection, CdcSettings settings) throws SQLException;

  /** Lets go of what a capture that is no more has kept, here and in Kafka; may be repeated. */
  void release(CdcSettings settings) throws SQLException;
}
