package io.millrace.flow.type;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Makes the language's types: text is UTF-8, FLOAT has 32 bits, and the small integers are INT. Not
 * thread-safe: one a compilation.
 */
public final class FlowTypeFactory extends JavaTypeFactoryImpl {

  public FlowTypeFactory() {
    super(FlowTypeSystem.INSTANCE);
  }

  /** The type JSON. */
  public RelDataType createJsonType() {
    return canonize(new JsonSqlType(false));
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  @Override
  public RelDataType createSqlType(SqlTypeName type) {
    return super.createSqlType(
        switch (type) {
          case FLOAT -> SqlTypeName.REAL;
          case TINYINT, SMALLINT -> SqlTypeName.INTEGER;
          default -> type;
        });
  }

  @Override
  public RelDataType createTypeWithCharsetAndCollation(
      RelDataType type, Charset charset, SqlCollation collation) {
    return type instanceof JsonSqlType
        ? type
        : super.createTypeWithCharsetAndCollation(type, charset, collation);
  }
}
