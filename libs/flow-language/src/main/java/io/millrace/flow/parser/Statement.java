package io.millrace.flow.parser;

import java.util.List;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A statement as it is written; nothing about it has been checked but its form. */
public sealed interface Statement {

  /** Where it stands, from its first word to its last. */
  SqlParserPos pos();

  /** A statement that gives something a name. */
  sealed interface Named extends Statement {
    SqlIdentifier name();
  }

  /** An option: {@code name = value}. */
  record Option(SqlParserPos pos, String name, SqlParserPos namePos, Value value) {}

  /** An option's value. */
  record Value(SqlParserPos pos, Kind kind, String text) {
    /** How it is written. */
    public enum Kind {
      STRING,
      NUMBER,
      BOOLEAN,
      /** A bare word, taken as a string. */
      WORD,
      SECRET
    }
  }

  /** A declared column. */
  record Column(SqlIdentifier name, SqlDataTypeSpec type, boolean notNull, boolean primaryKey) {}

  /** Columns, and the key where one is declared apart from them. */
  record Columns(List<Column> list, List<SqlIdentifier> primaryKey) {}

  /** {@code TIMESTAMP BY column [ALLOW LATENESS interval]}. */
  record TimestampBy(SqlIdentifier column, SqlNode lateness) {}

  /** {@code source TABLE 'name'}. */
  record TableOf(SqlIdentifier source, String table, SqlParserPos tablePos) {}

  record CreateApplication(SqlParserPos pos, SqlIdentifier name, List<Option> options)
      implements Named {}

  record CreateFlow(SqlParserPos pos, SqlIdentifier name, SqlIdentifier group) implements Named {}

  record EndFlow(SqlParserPos pos) implements Statement {}

  /** {@code columns} is null when none are declared. */
  record CreateSource(SqlParserPos pos, SqlIdentifier name, Columns columns, List<Option> options)
      implements Named {}

  /**
   * Any form of CREATE STREAM: exactly one of {@code table}, {@code query} and {@code epl} is
   * there, or none of them for a stream over a topic. The rest is null where it is not written.
   */
  record CreateStream(
      SqlParserPos pos,
      SqlIdentifier name,
      Columns columns,
      List<SqlIdentifier> partitionBy,
      TimestampBy timestampBy,
      List<Option> options,
      TableOf table,
      SqlNode query,
      Value epl)
      implements Named {}

  /** {@code columns} is null when none are named. */
  record InsertInto(
      SqlParserPos pos, SqlIdentifier target, List<SqlIdentifier> columns, SqlNode query)
      implements Statement {}

  /** Declared columns with options, or a key with a table or a stream. */
  record CreateCache(
      SqlParserPos pos,
      SqlIdentifier name,
      Columns columns,
      List<SqlIdentifier> key,
      TableOf table,
      SqlIdentifier stream,
      List<Option> options)
      implements Named {}

  record CreateView(
      SqlParserPos pos, SqlIdentifier name, List<SqlIdentifier> key, SqlNode retain, SqlNode query)
      implements Named {}

  record CreateAlert(
      SqlParserPos pos,
      SqlIdentifier name,
      SqlIdentifier stream,
      List<SqlIdentifier> key,
      SqlNode raise,
      SqlNode clear,
      SqlIdentifier severity,
      String message,
      SqlNode repeat,
      List<SqlIdentifier> channels)
      implements Named {}

  record CreateModel(SqlParserPos pos, SqlIdentifier name, List<Option> options) implements Named {}

  record CreateSink(SqlParserPos pos, SqlIdentifier name, SqlIdentifier from, List<Option> options)
      implements Named {}
}
