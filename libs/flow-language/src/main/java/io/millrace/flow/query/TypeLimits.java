package io.millrace.flow.query;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostics;
import io.millrace.schemas.type.DataType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlMapTypeNameSpec;
import org.apache.calcite.sql.SqlRowTypeNameSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Reports written decimals that no DECIMAL can be; Calcite would take the nearest that can. */
final class TypeLimits extends SqlBasicVisitor<Void> {

  private final Diagnostics diagnostics;

  TypeLimits(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  @Override
  public Void visit(SqlDataTypeSpec type) {
    check(type.getTypeNameSpec(), type.getParserPosition());
    return null;
  }

  private void check(SqlTypeNameSpec type, SqlParserPos pos) {
    switch (type) {
      case SqlBasicTypeNameSpec basic
          when basic.getTypeName().getSimple().equals(SqlTypeName.DECIMAL.getName()) ->
          decimal(basic.getPrecision(), basic.getScale(), pos);
      case SqlCollectionTypeNameSpec collection -> check(collection.getElementTypeName(), pos);
      case SqlMapTypeNameSpec map -> {
        visit(map.getKeyType());
        visit(map.getValType());
      }
      case SqlRowTypeNameSpec row -> row.getFieldTypes().forEach(this::visit);
      default -> {}
    }
  }

  private void decimal(int digits, int decimals, SqlParserPos pos) {
    if (digits == RelDataType.PRECISION_NOT_SPECIFIED) {
      return;
    }
    if (digits < 1 || digits > DataType.Decimal.MAX_PRECISION) {
      diagnostics.error(
          Code.TYPE_MISMATCH,
          pos,
          "a DECIMAL has 1 to " + DataType.Decimal.MAX_PRECISION + " digits, not " + digits);
    } else if (decimals > digits) {
      diagnostics.error(
          Code.TYPE_MISMATCH,
          pos,
          "a DECIMAL of " + digits + " digits cannot have " + decimals + " decimals");
    }
  }
}
