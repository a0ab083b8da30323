package io.millrace.flow.query;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostics;
import io.millrace.flow.type.CalciteTypes;
import io.millrace.flow.type.FlowTypeFactory;
import io.millrace.flow.type.UnsupportedTypeException;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlDataTypeSpec;

/** The types of declared columns. Not thread-safe. */
public final class DeclaredTypes {

  private final Diagnostics diagnostics;
  private final FlowValidator validator;

  public DeclaredTypes(Diagnostics diagnostics) {
    FlowTypeFactory types = new FlowTypeFactory();
    this.diagnostics = diagnostics;
    this.validator = new FlowValidator(QueryCatalog.of(Map.of(), List.of(), types), types);
  }

  /** Fields of rows may be null, which is not what Calcite takes them for when nothing is said. */
  private static DataType nullableInside(DataType type) {
    return switch (type) {
      case DataType.Row row ->
          DataType.row(
              row.row().fields().stream()
                  .map(f -> Field.nullable(f.name(), nullableInside(f.type())))
                  .toList());
      case DataType.Array array -> DataType.array(nullableInside(array.element()));
      case DataType.MapOf map -> DataType.map(nullableInside(map.value()));
      case DataType.Decimal decimal -> decimal;
      case DataType.Primitive primitive -> primitive;
    };
  }

  /** The type that is written, or null when there is none such, which has been said then. */
  public DataType typeOf(SqlDataTypeSpec written) {
    written.accept(new TypeLimits(diagnostics));
    try {
      return nullableInside(CalciteTypes.toDataType(written.deriveType(validator)));
    } catch (CalciteContextException e) {
      new QueryFaults(diagnostics, Map.of(), Set.of()).report(e, Set.of());
    } catch (UnsupportedTypeException | IllegalArgumentException e) {
      diagnostics.error(
          Code.TYPE_MISMATCH, written.getParserPosition(), "no column can have this type");
    }
    return null;
  }
}
