package io.millrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The samples with stateful queries on the real stack: each finds exactly what was planted. Takes
 * long, so it runs when asked for with {@code -Dmillrace.samples=all}; the module samples runs the
 * same scripts on the engine alone every time.
 */
@EnabledIfSystemProperty(named = "millrace.samples", matches = "all")
class StatefulSamplesTest {

  private static final Duration SOON = Duration.ofSeconds(150);
  private static final JsonMapper JSON = new JsonMapper();
  private static LocalStack stack;

  @BeforeAll
  static void up() {
    stack = new LocalStack("stateful-samples-stack");
    stack.run("up", "--no-sample");
  }

  @AfterAll
  static void down() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  void risingDeclineRatesAreFound() {
    stack.run("sample", "atm-declines", "--seconds", "2100");
    awaitRows(
        "atm-declines/alerts",
        row ->
            text(row, "dimension", "slice") + " " + row.path("since").asString().substring(0, 16),
        "model Kestrel 5 2026-01-05T08:12",
        "region north-west 2026-01-05T08:30");
    finish("atm_declines");
  }

  @Test
  void attacksAreFoundAndRanked() {
    stack.run("sample", "security", "--seconds", "600");
    awaitRows(
        "security/incidents",
        row -> text(row, "address", "entry", "user_name", "priority"),
        "10.0.9.11 10.8.0.66 mallory 1",
        "10.0.9.31 10.0.9.30 null 3");
    finish("security");
  }

  @Test
  void metersInTroubleAreFound() {
    stack.run("sample", "glucose", "--seconds", "600");
    // When the file ends all meters are silent, and are found so; they were not planted.
    String end = "2026-01-05T08:09:40";
    awaitRows(
        "glucose/alerts",
        row ->
            row.path("since").asString().compareTo(end) > 0 ? null : text(row, "meter", "trouble"),
        "meter-017 silent",
        "meter-042 silent",
        "meter-058 errors",
        "meter-099 low glucose",
        "meter-113 silent",
        "meter-171 errors");
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(rows("glucose/alerts"))
                .as("time goes on when all are silent")
                .hasSize(6 + 200));
    finish("glucose");
  }

  @Test
  void zonesAreCountedAndWatched() {
    stack.run("sample", "airport", "--seconds", "80");
    awaitRows(
        "airport/requests",
        row -> text(row, "zone", "employees") + " " + row.path("since").asString().substring(0, 19),
        "gates-2b 5 2026-01-05T08:00:30");
    awaitRows(
        "airport/intrusions",
        row -> text(row, "person", "zone"),
        "passenger-01234 crew-area",
        "passenger-03000 apron");
    finish("airport");
  }

  /** The next sample has the machine for itself. */
  private static void finish(String application) {
    stack.run("stop", application);
  }

  private static void awaitRows(
      String directory, Function<JsonNode, String> line, String... expected) {
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() ->
            assertThat(rows(directory).stream().map(line).filter(l -> l != null))
                .containsExactlyInAnyOrder(expected));
  }

  private static String text(JsonNode row, String... columns) {
    List<String> cells = new ArrayList<>();
    for (String column : columns) {
      cells.add(row.path(column).isNull() ? "null" : row.path(column).asString());
    }
    return String.join(" ", cells);
  }

  private static List<JsonNode> rows(String directory) {
    return SinkFiles.in(stack.files().resolve(directory), ".jsonl").stream()
        .flatMap(file -> SinkFiles.text(file).lines())
        .map(JSON::readTree)
        .toList();
  }
}
