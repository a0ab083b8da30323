package io.millrace.cep.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.type.CalciteTypes;
import io.millrace.flow.type.FlowTypeFactory;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.junit.jupiter.api.Test;

class JoinKeysTest {

  private final FlowTypeFactory types = new FlowTypeFactory();

  @Test
  void numbersOfDifferentTypesAreEqualByValue() {
    assertThat(equal(DataType.INT, 7, DataType.BIGINT, 7L)).isTrue();
    assertThat(
            equal(
                DataType.decimal(5, 1),
                new BigDecimal("7.0"),
                DataType.decimal(5, 2),
                new BigDecimal("7.00")))
        .isTrue();
    assertThat(equal(DataType.decimal(5, 1), new BigDecimal("7.0"), DataType.INT, 7)).isTrue();
    assertThat(equal(DataType.DOUBLE, -0.0, DataType.FLOAT, 0.0f)).isTrue();
    assertThat(equal(DataType.INT, 7, DataType.BIGINT, 8L)).isFalse();
  }

  @Test
  void bytesAndNestedRowsAreEqualByContent() {
    assertThat(equal(DataType.BYTES, new byte[] {1, 2}, DataType.BYTES, new byte[] {1, 2}))
        .isTrue();
    DataType row = DataType.row(List.of(Field.nullable("x", DataType.BYTES)));
    assertThat(equal(row, new Object[] {new byte[] {1}}, row, new Object[] {new byte[] {1}}))
        .isTrue();
    assertThat(equal(row, new Object[] {null}, row, new Object[] {new byte[] {1}})).isFalse();
  }

  @Test
  void aNullPartMakesNoKey() {
    RelDataType two =
        CalciteTypes.toCalcite(
            RowType.of(Field.nullable("a", DataType.INT), Field.nullable("b", DataType.STRING)),
            types);
    JoinKeys keys = new JoinKeys(two, List.of(0, 1), two, List.of(0, 1));
    assertThat(keys.of(0, new Object[] {1, null})).isNull();
    assertThat(keys.of(0, new Object[] {1, "x"})).isEqualTo(keys.of(1, new Object[] {1, "x"}));
    assertThat(new JoinKeys(two, List.of(), two, List.of()).of(0, new Object[] {null, null}))
        .isNotNull();
  }

  private boolean equal(DataType leftType, Object left, DataType rightType, Object right) {
    JoinKeys keys =
        new JoinKeys(
            CalciteTypes.toCalcite(RowType.of(Field.nullable("c", leftType)), types),
            List.of(0),
            CalciteTypes.toCalcite(RowType.of(Field.nullable("c", rightType)), types),
            List.of(0));
    return keys.of(0, new Object[] {left}).equals(keys.of(1, new Object[] {right}));
  }
}
