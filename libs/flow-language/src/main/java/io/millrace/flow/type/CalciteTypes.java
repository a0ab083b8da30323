package io.millrace.flow.type;

import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Translates between Millrace's types and Calcite's.
 *
 * <p>STRING is VARCHAR without a length, BYTES is VARBINARY, FLOAT is REAL, TIME and TIMESTAMP have
 * precision 6, JSON is a VARCHAR that knows it is JSON, and elements of arrays and values of maps
 * may be null.
 */
public final class CalciteTypes {

  private CalciteTypes() {}

  /** A row as a struct that is not null. */
  public static RelDataType toCalcite(RowType row, FlowTypeFactory factory) {
    RelDataTypeFactory.Builder builder =
        factory.builder().kind(StructKind.FULLY_QUALIFIED).nullableRecord(false);
    for (Field field : row.fields()) {
      builder.add(field.name(), toCalcite(field.type(), field.nullable(), factory));
    }
    return builder.build();
  }

  /** A type, and whether it takes NULL. */
  public static RelDataType toCalcite(DataType type, boolean nullable, FlowTypeFactory factory) {
    RelDataType calcite =
        switch (type) {
          case DataType.Primitive primitive -> primitive(primitive.kind(), factory);
          case DataType.Decimal decimal ->
              factory.createSqlType(SqlTypeName.DECIMAL, decimal.precision(), decimal.scale());
          case DataType.Array array ->
              factory.createArrayType(toCalcite(array.element(), true, factory), -1);
          case DataType.MapOf map ->
              factory.createMapType(
                  toCalcite(DataType.STRING, false, factory),
                  toCalcite(map.value(), true, factory));
          case DataType.Row row -> {
            RelDataType struct = toCalcite(row.row(), factory);
            yield nullable
                ? factory
                    .builder()
                    .kind(StructKind.FULLY_QUALIFIED)
                    .addAll(struct.getFieldList())
                    .nullableRecord(true)
                    .build()
                : struct;
          }
        };
    return calcite.isStruct() ? calcite : factory.createTypeWithNullability(calcite, nullable);
  }

  /**
   * The row that a struct describes.
   *
   * @throws UnsupportedTypeException if a column's type is none of the language's
   */
  public static RowType toRow(RelDataType struct) {
    List<Field> fields = new ArrayList<>(struct.getFieldCount());
    for (RelDataTypeField field : struct.getFieldList()) {
      try {
        fields.add(
            new Field(field.getName(), toDataType(field.getType()), field.getType().isNullable()));
      } catch (UnsupportedTypeException e) {
        throw e.column() != null
            ? e
            : new UnsupportedTypeException(field.getName(), field.getIndex(), e.type());
      }
    }
    return new RowType(fields);
  }

  /**
   * The type that holds what an expression of this Calcite type gives.
   *
   * @throws UnsupportedTypeException if it is none of the language's: an interval, for instance
   */
  public static DataType toDataType(RelDataType type) {
    if (type instanceof JsonSqlType) {
      return DataType.JSON;
    }
    if (type.isStruct()) {
      return new DataType.Row(toRow(type));
    }
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> DataType.BOOLEAN;
      case TINYINT, SMALLINT, INTEGER -> DataType.INT;
      case BIGINT -> DataType.BIGINT;
      case REAL, FLOAT -> DataType.FLOAT;
      case DOUBLE -> DataType.DOUBLE;
      case DECIMAL -> decimal(type);
      case CHAR, VARCHAR -> DataType.STRING;
      case BINARY, VARBINARY -> DataType.BYTES;
      case DATE -> DataType.DATE;
      case TIME -> DataType.TIME;
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> DataType.TIMESTAMP;
      case ARRAY -> DataType.array(toDataType(type.getComponentType()));
      case MAP -> {
        SqlTypeName key = type.getKeyType().getSqlTypeName();
        if (key != SqlTypeName.VARCHAR && key != SqlTypeName.CHAR) {
          throw new UnsupportedTypeException(type.toString());
        }
        yield DataType.map(toDataType(type.getValueType()));
      }
      default -> throw new UnsupportedTypeException(type.toString());
    };
  }

  private static DataType decimal(RelDataType type) {
    int scale = Math.max(0, type.getScale());
    int precision = Math.max(Math.max(1, type.getPrecision()), scale);
    return DataType.decimal(Math.min(precision, DataType.Decimal.MAX_PRECISION), scale);
  }

  private static RelDataType primitive(DataType.Kind kind, FlowTypeFactory factory) {
    return switch (kind) {
      case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
      case INT -> factory.createSqlType(SqlTypeName.INTEGER);
      case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
      case FLOAT -> factory.createSqlType(SqlTypeName.REAL);
      case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
      case STRING -> text(factory);
      case BYTES -> factory.createSqlType(SqlTypeName.VARBINARY);
      case DATE -> factory.createSqlType(SqlTypeName.DATE);
      case TIME -> factory.createSqlType(SqlTypeName.TIME, FlowTypeSystem.TIME_PRECISION);
      case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, FlowTypeSystem.TIME_PRECISION);
      case JSON -> factory.createJsonType();
    };
  }

  private static RelDataType text(FlowTypeFactory factory) {
    return factory.createTypeWithCharsetAndCollation(
        factory.createSqlType(SqlTypeName.VARCHAR),
        factory.getDefaultCharset(),
        org.apache.calcite.sql.SqlCollation.IMPLICIT);
  }
}
