package io.millrace.flow.type;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.type.BasicSqlType;
import org.apache.calcite.sql.type.SqlTypeName;

/** JSON: a text to every function, yet a type of its own that a column keeps. */
final class JsonSqlType extends BasicSqlType {

  private static final long serialVersionUID = 1L;

  JsonSqlType(boolean nullable) {
    super(FlowTypeSystem.INSTANCE, SqlTypeName.VARCHAR, nullable);
    computeDigest();
  }

  @Override
  public BasicSqlType createWithNullability(boolean nullable) {
    return nullable == isNullable() ? this : new JsonSqlType(nullable);
  }

  @Override
  public Charset getCharset() {
    return StandardCharsets.UTF_8;
  }

  @Override
  public SqlCollation getCollation() {
    return SqlCollation.IMPLICIT;
  }

  @Override
  protected void generateTypeString(StringBuilder sb, boolean withDetail) {
    sb.append("JSON");
  }
}
