package io.millrace.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.AllowedDirectories;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import io.millrace.testing.TestKafka;
import io.millrace.testing.TestRedis;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Queries that ask a model: 2 x + 0.5 y + 1, later ten times as much. */
@Timeout(120)
class ModelTest {

  private static final RowType POINT =
      RowType.of(
          Field.required("id", DataType.INT),
          Field.nullable("x", DataType.DOUBLE),
          Field.nullable("y", DataType.DOUBLE));
  private static final RowType SCORE =
      RowType.of(Field.required("id", DataType.INT), Field.nullable("score", DataType.DOUBLE));

  @TempDir Path directory;
  private Path file;
  private Flow flow;

  @BeforeEach
  void open() throws IOException {
    System.setProperty(AllowedDirectories.PROPERTY, directory.toString());
    file = directory.resolve("linear.onnx");
    put("linear.onnx", 1_000);
    flow = new Flow(TestKafka.shared());
    flow.stream("points", 2, POINT).stream("scores", 2, SCORE)
        .model("linear", 2, Map.of("type", "onnx", "location", "linear.onnx", "refresh", "100 ms"))
        .query(
            "scores",
            "points",
            "scores",
            List.of("linear"),
            "SELECT id, PREDICT('linear', x, y) AS score FROM points"
                + " WHERE x IS NULL OR PREDICT('linear', x, y) > 5");
  }

  @AfterEach
  void close() {
    flow.close();
    System.clearProperty(AllowedDirectories.PROPERTY);
  }

  private void put(String resource, long modified) throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/" + resource)) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
  }

  private static List<Object[]> points(int from, int to) {
    List<Object[]> points = new ArrayList<>();
    for (int i = from; i < to; i++) {
      points.add(new Object[] {i, i % 10 == 0 ? null : Double.valueOf(i % 10), 2.0});
    }
    return points;
  }

  @Test
  void scoresBatchesAndTakesANewVersionWhileEventsFlow() throws IOException {
    flow.write("points", "id", points(0, 100));
    Flow.Instance instance = flow.instance("a", TestRedis.shared().url());
    instance.applications.apply(flow.plan(DesiredState.RUNNING));
    Flow.await(() -> instance.status("scores").getEventsIn() == 100);

    // x of 0 is NULL and passes with a NULL score; 2 x + 2 > 5 from x = 2 on.
    List<Object[]> rows = flow.read("scores");
    assertThat(rows).hasSize(90);
    assertThat(rows)
        .allSatisfy(row -> {
          int x = (int) row[0] % 10;
          assertThat(row[1]).isEqualTo(x == 0 ? null : Double.valueOf(2 * x + 2));
        });

    put("linear-10.onnx", 2_000);
    Flow.await(() -> instance.status("linear").getDetails().get("versions").equals("2"));
    flow.write("points", "id", points(100, 110));
    Flow.await(() -> instance.status("scores").getEventsIn() == 110);
    assertThat(flow.read("scores"))
        .filteredOn(row -> (int) row[0] == 103)
        .singleElement()
        .satisfies(row -> assertThat(row[1]).isEqualTo(80.0));
  }

  @Test
  void aModelThatMayNotBeReachedFailsWithTheReason() {
    System.setProperty(AllowedDirectories.PROPERTY, directory.resolve("elsewhere").toString());
    Flow.Instance instance = flow.instance("a", TestRedis.shared().url());
    instance.applications.apply(flow.plan(DesiredState.RUNNING));
    Flow.await(() -> instance.state("linear") != ComponentState.STARTING);
    assertThat(instance.status("linear").getError()).contains("linear.onnx");
    assertThat(instance.state("linear")).isNotEqualTo(ComponentState.RUNNING);
  }
}
