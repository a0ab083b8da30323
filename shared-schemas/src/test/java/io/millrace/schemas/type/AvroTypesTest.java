package io.millrace.schemas.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class AvroTypesTest {

  private static RowType throughJson(RowType row) {
    return AvroTypes.toRow(AvroTypes.toAvro(row, "default.app.stream").toString());
  }

  @Test
  void everyTypeComesBackFromItsSchema() {
    RowType row =
        RowType.of(
            Field.required("a", DataType.decimal(65, 30)),
            Field.nullable("b", DataType.JSON),
            Field.nullable("c", DataType.array(DataType.map(DataType.TIMESTAMP))),
            Field.nullable(
                "d", DataType.row(List.of(Field.required("d", DataType.row(List.of()))))),
            Field.nullable("e", DataType.TIME),
            Field.nullable("f", DataType.DATE));
    assertThat(throughJson(row)).isEqualTo(row);
  }

  @Test
  void namesThatAvroDoesNotTakeAreKept() {
    RowType row =
        RowType.of(
            Field.nullable("größe in cm", DataType.INT),
            Field.nullable("1st", DataType.INT),
            Field.nullable("$price", DataType.INT),
            Field.nullable("", DataType.INT),
            Field.nullable("_", DataType.INT));
    assertThat(throughJson(row)).isEqualTo(row);
  }

  @Test
  void namesOfApplicationsThatAvroDoesNotTakeAreEscaped() {
    Schema schema =
        AvroTypes.toAvro(RowType.of(Field.required("a", DataType.INT)), "default.my-app.2nd");
    assertThat(schema.getNamespace()).isEqualTo("default.my_u002d_app");
    assertThat(schema.getName()).startsWith("_u0032_nd_");
  }

  @Test
  void aRowIsFoundByNameWhateverItsCaseUnlessTwoWouldFit() {
    RowType row =
        RowType.of(
            Field.required("Id", DataType.INT),
            Field.required("x", DataType.INT),
            Field.required("X", DataType.INT));
    assertThat(row.indexOf("ID")).hasValue(0);
    assertThat(row.indexOf("X")).hasValue(2);
    assertThat(row.indexOf("y")).isEmpty();
  }
}
