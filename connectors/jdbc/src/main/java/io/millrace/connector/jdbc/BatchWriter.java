package io.millrace.connector.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes rows of one layout with one kind of statement, as fast as its database can. */
interface BatchWriter {

  /** Writes all of the rows or throws; part of them may have been written then. */
  void write(Connection connection, List<Object[]> rows) throws SQLException;
}
