package io.millrace.flow.functions;

import java.util.List;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;

/** The scalar functions of our own, as the validator looks them up. */
public final class MillraceFunctions {

  private static final SqlOperatorTable TABLE = SqlOperatorTables.of(List.of());

  private MillraceFunctions() {}

  /** Names and types of the functions; what they do is row-engine's. */
  public static SqlOperatorTable operatorTable() {
    return TABLE;
  }
}
