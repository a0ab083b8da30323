package io.millrace.cep.epl;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Golden file: for each text its inputs, its columns as Esper types them, and its horizon; or what
 * is wrong with it. Run with {@code -Dmillrace.golden.write=true} to write it anew, and read the
 * diff.
 */
class HorizonTest {

  private static final Path FILE =
      Path.of("src/test/resources/io/millrace/cep/epl/horizons.golden");

  /** The columns are declared by the case itself: {@code name TYPE, …} after the title. */
  record Case(String title, RowType output, String epl) {}

  static List<Case> cases(String resource) throws IOException {
    List<Case> cases = new ArrayList<>();
    try (InputStream in = HorizonTest.class.getResourceAsStream(resource)) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String text : all.split("(?m)^==== ")) {
        if (text.isBlank()) {
          continue;
        }
        int line = text.indexOf('\n');
        String[] head = text.substring(0, line).split(" \\| ");
        String body = text.substring(line + 1);
        int result = body.indexOf("---- ");
        String epl = (result < 0 ? body : body.substring(0, result)).strip();
        cases.add(new Case(head[0].strip(), columns(head[1]), epl));
      }
    }
    return cases;
  }

  static RowType columns(String declared) {
    List<Field> fields = new ArrayList<>();
    for (String column : declared.strip().split(", ")) {
      int space = column.indexOf(' ');
      fields.add(new Field(column.substring(0, space), type(column.substring(space + 1)), true));
    }
    return new RowType(fields);
  }

  private static DataType type(String name) {
    return switch (name) {
      case "INT" -> DataType.INT;
      case "BIGINT" -> DataType.BIGINT;
      case "DOUBLE" -> DataType.DOUBLE;
      case "STRING" -> DataType.STRING;
      case "DECIMAL" -> DataType.decimal(20, 2);
      case "TIMESTAMP" -> DataType.TIMESTAMP;
      case "INTS" -> DataType.array(DataType.INT);
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Test
  void isWhatTheGoldenFileSays() throws IOException {
    StringBuilder actual = new StringBuilder();
    for (Case one : cases("horizons.golden")) {
      actual.append("==== ").append(one.title()).append(" | ");
      actual.append(
          one.output().fields().stream()
              .map(f -> f.name() + " " + spelled(f.type()))
              .collect(Collectors.joining(", ")));
      actual.append('\n').append(one.epl()).append("\n---- ").append(result(one)).append("\n");
    }
    if (Boolean.getBoolean("millrace.golden.write")) {
      Files.writeString(FILE, actual.toString());
    }
    try (InputStream in = HorizonTest.class.getResourceAsStream("horizons.golden")) {
      if (!Boolean.getBoolean("millrace.golden.write")) {
        assertThat(actual.toString())
            .isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  private static String spelled(DataType type) {
    return switch (type) {
      case DataType.Decimal d -> "DECIMAL";
      case DataType.Array a -> "INTS";
      default -> type.sql();
    };
  }

  private static String result(Case one) {
    try {
      EplQuery query = EplRun.compile(one.epl(), one.output());
      return "reads "
          + String.join(", ", query.inputs())
          + ", looks back "
          + query.horizonMicros() / 1e6
          + " s";
    } catch (EplException e) {
      return e.getMessage().replace("\n", "\n     ");
    }
  }
}
