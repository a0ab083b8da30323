package io.millrace.analytics.epl;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cep.epl.EplDiagnostic;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EplControllerTest {

  private static final String SCHEMA =
      AvroTypes.toAvro(RowType.of(Field.nullable("id", DataType.INT)), "x.y").toString();

  private static EplController.Answer check(String epl, long retention) {
    return new EplController()
        .check(
            new EplController.Question(
                epl, Map.of("orders", SCHEMA, "others", SCHEMA), SCHEMA, retention));
  }

  @Test
  void saysWhatIsReadAndHowFarBack() {
    EplController.Answer answer = check("select id from ORDERS#time(1 min)", 0);
    assertThat(answer.faults()).isEmpty();
    assertThat(answer.reads()).containsExactly("orders");
    assertThat(answer.horizonMillis()).isEqualTo(61_000);
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertThat(check("select\n  idd from orders", 0).faults())
        .singleElement()
        .extracting(EplDiagnostic::line, EplDiagnostic::column)
        .containsExactly(2, 3);
    String unbounded = "select id from orders#length(5)";
    assertThat(check(unbounded, 0).faults()).hasSize(1);
    assertThat(check(unbounded, 60_000).horizonMillis()).isEqualTo(120_000);
  }
}
