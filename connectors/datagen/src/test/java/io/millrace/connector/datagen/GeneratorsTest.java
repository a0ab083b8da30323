package io.millrace.connector.datagen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connector.ConnectorException;
import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeneratorsTest {

  private static final RowType EVERYTHING =
      RowType.of(
          Field.nullable("b", DataType.BOOLEAN),
          Field.nullable("i", DataType.INT),
          Field.nullable("l", DataType.BIGINT),
          Field.nullable("f", DataType.FLOAT),
          Field.nullable("d", DataType.DOUBLE),
          Field.nullable("m", DataType.decimal(4, 2)),
          Field.nullable("s", DataType.STRING),
          Field.nullable("y", DataType.BYTES),
          Field.nullable("da", DataType.DATE),
          Field.nullable("ti", DataType.TIME),
          Field.nullable("ts", DataType.TIMESTAMP),
          Field.nullable("j", DataType.JSON),
          Field.nullable("a", DataType.array(DataType.INT)),
          Field.nullable("o", DataType.map(DataType.STRING)),
          Field.nullable("r", DataType.row(List.of(Field.nullable("x", DataType.INT)))));

  private static Generator only(DataType type, Map<String, String> options) {
    return new Generators(DatagenConfig.of(options))
        .of(RowType.of(Field.nullable("c", type)), "")[0];
  }

  @Test
  void everyTypeHasADefaultThatCanBeEncoded() {
    Generator[] generators = new Generators(DatagenConfig.of(Map.of())).of(EVERYTHING, "");
    EventEncoder encoder = EventEncoder.of(AvroTypes.toAvro(EVERYTHING, "e"));
    for (int i = 0; i < 1000; i++) {
      assertThat(encoder.encode(Generators.row(generators, i))).isNotEmpty();
    }
  }

  @Test
  void theSameSeedGivesTheSameValues() {
    Map<String, String> options = Map.of("seed", "7", "fields.c.kind", "uuid");
    assertThat(only(DataType.STRING, options).value(5))
        .isEqualTo(only(DataType.STRING, options).value(5))
        .isNotEqualTo(only(DataType.STRING, options).value(6))
        .isNotEqualTo(only(DataType.STRING, Map.of("seed", "8", "fields.c.kind", "uuid")).value(5));
  }

  @Test
  void randomNumbersCoverTheirRangeAndStayInIt() {
    Generator generator = only(DataType.INT, Map.of("fields.c.min", "-3", "fields.c.max", "3"));
    Set<Object> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      seen.add(generator.value(i));
    }
    assertThat(seen).containsExactlyInAnyOrder(-3, -2, -1, 0, 1, 2, 3);
  }

  @Test
  void decimalsFitTheirType() {
    Generator generator = only(DataType.decimal(4, 2), Map.of());
    for (int i = 0; i < 1000; i++) {
      BigDecimal value = (BigDecimal) generator.value(i);
      assertThat(value.scale()).isEqualTo(2);
      assertThat(value).isBetween(BigDecimal.ZERO, new BigDecimal("99.99"));
    }
  }

  @Test
  void patternsAreFilledAndChoicesTyped() {
    assertThat(
            only(
                    DataType.STRING,
                    Map.of("fields.c.kind", "pattern", "fields.c.pattern", "##-??\\#*"))
                .value(3)
                .toString())
        .matches("\\d\\d-[a-z][a-z]#[a-z0-9]");
    assertThat(only(DataType.INT, Map.of("fields.c.values", "4, 5")).value(0)).isIn(4, 5);
  }

  @Test
  void aWalkMovesInSmallSteps() {
    Generator generator =
        only(DataType.DOUBLE, Map.of("fields.c.kind", "walk", "fields.c.max", "100"));
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      values.add((Double) generator.value(i));
    }
    for (int i = 1; i < values.size(); i++) {
      assertThat(Math.abs(values.get(i) - values.get(i - 1))).isLessThan(10);
    }
    assertThat(values).allMatch(v -> v >= 0 && v <= 100);
  }

  @Test
  void timestampsCountFromTheirStart() {
    Generator generator =
        only(
            DataType.TIMESTAMP,
            Map.of(
                "fields.c.kind",
                "timestamp",
                "fields.c.start",
                "2026-01-01T00:00:00Z",
                "fields.c.step",
                "250"));
    assertThat((Long) generator.value(4) - (Long) generator.value(0)).isEqualTo(1_000_000);
  }

  @Test
  void nullsComeAsOftenAsAskedFor() {
    Generator generator = only(DataType.INT, Map.of("fields.c.null_fraction", "0.25"));
    int nulls = 0;
    for (int i = 0; i < 10_000; i++) {
      nulls += generator.value(i) == null ? 1 : 0;
    }
    assertThat(nulls).isBetween(2200, 2800);
  }

  @Test
  void saysWhatItCannotMake() {
    assertThatThrownBy(() -> only(DataType.INT, Map.of("fields.c.kind", "uuid")))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("kind uuid makes no INT");
    assertThatThrownBy(() -> only(DataType.INT, Map.of("fields.c.min", "9", "fields.c.max", "3")))
        .hasMessageContaining("max has to be at least min");
  }

  @Test
  void defaultsAndFullMapping() {
    DatagenConfig defaults = DatagenConfig.of(Map.of());
    assertThat(defaults.rate()).isEqualTo(10);
    assertThat(defaults.count()).isZero();
    assertThat(defaults.seed()).isZero();
    DatagenConfig given = DatagenConfig.of(Map.of("rate", "0.5", "count", "3", "seed", "-1"));
    assertThat(given.rate()).isEqualTo(0.5);
    assertThat(given.count()).isEqualTo(3);
    assertThat(given.seed()).isEqualTo(-1);
  }
}
