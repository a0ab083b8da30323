package io.millrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The samples on the real stack, as one JVM, across restarts of all kinds. */
@TestMethodOrder(OrderAnnotation.class)
class SamplesTest {

  private static final int STOCK_ROWS = 6000;
  private static final Duration SOON = Duration.ofSeconds(90);
  private static LocalStack stack;

  /** The changes made so far: product and quantity, which no two of them share. */
  private static final List<String> CHANGES = new ArrayList<>();

  @BeforeAll
  static void up() {
    stack = new LocalStack("samples-stack");
    assertThat(stack.run("up").output()).contains("Sample inventory is RUNNING");
  }

  @AfterAll
  static void down() {
    if (stack != null) {
      stack.close();
    }
  }

  @Test
  @Order(1)
  void aChangedRowArrivesInTheCsvFileAndAsJsonWithAllThatIsKnownOfTheProduct() throws Exception {
    await().atMost(SOON).untilAsserted(() -> assertThat(csvRows()).hasSize(STOCK_ROWS));
    String before;
    String product;
    try (Connection shop = stack.shop()) {
      before =
          Tables.rows(shop, "SELECT quantity FROM stock WHERE location_id = 3 AND product_id = 42")
              .get(0)
              .replace("|", "");
      product =
          Tables.rows(
                  shop,
                  "SELECT description, brand, category, price FROM product WHERE product_id = 42")
              .get(0);
    }
    change(3, 42, 70_001);
    awaitAllChanges();
    Map<String, String> row = csvRow(70_001);
    assertThat(row)
        .containsEntry("location_id", "3")
        .containsEntry("product_id", "42")
        .containsEntry("previous_quantity", before);
    assertThat(
            String.join(
                    "|",
                    row.get("description"),
                    row.get("brand"),
                    row.get("category"),
                    row.get("price"))
                + "|")
        .isEqualTo(product);
    JsonNode json = jsonRow(70_001);
    assertThat(json.path("previous_quantity").asString()).isEqualTo(before);
    assertThat(json.path("description").asString()).isEqualTo(row.get("description"));
    assertThat(json.path("brand").asString()).isEqualTo(row.get("brand"));
    assertThat(json.path("category").asString()).isEqualTo(row.get("category"));
    assertThat(json.path("price").decimalValue()).isEqualByComparingTo(row.get("price"));
    assertThat(stack.run("tail", "inventory.enriched_stock", "--limit", "1", "-o", "json").output())
        .contains("70001");
  }

  @Test
  @Order(2)
  void onlyTheCentralWarehouseGoesToAvro() throws Exception {
    change(10, 7, 70_002);
    await()
        .atMost(SOON)
        .ignoreExceptions() // of the reader, when a file grows or gets another name meanwhile
        .untilAsserted(() -> {
          List<GenericRecord> rows = avroRows();
          assertThat(rows).hasSize(500 + 1);
          assertThat(rows)
              .allMatch(row -> row.get("location_id").toString().equals("10"))
              .anyMatch(row -> row.get("quantity").toString().equals("70002"));
        });
  }

  @Test
  @Order(3)
  void aNewPriceIsJoinedFromThenOn() throws Exception {
    try (Connection shop = stack.shop()) {
      Tables.execute(shop, "UPDATE product SET price = 1234.50 WHERE product_id = 43");
    }
    // The product table and the stock table are read in the order of their commits; the cache may
    // be a moment later than the stream, so the change is repeated until it shows.
    int[] quantity = {71_000};
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> {
          change(4, 43, ++quantity[0]);
          awaitAllChanges();
          return csvRow(quantity[0]).get("price").equals("1234.50");
        });
  }

  @Test
  @Order(3)
  void aPersonSeesTheChangeInTheBrowser() throws Exception {
    assumeTrue(Browser.isInstalled(), "no Chromium on this machine: nobody looked at the page");
    int[] quantity = {72_000};
    Browser.see(
        stack,
        "default.inventory",
        "stock_changes",
        "72005",
        Path.of("target", "inventory.png").toAbsolutePath(),
        () -> change(7, 48, ++quantity[0]));
    awaitAllChanges();
  }

  @Test
  @Order(4)
  void downAndUpGoOnWhereTheyWere() throws Exception {
    stack.run("down");
    assertThat(stack.tryToRun("status").exitCode()).isEqualTo(1);
    stack.run("up");
    change(5, 44, 70_003);
    awaitAllChanges();
  }

  @Test
  @Order(5)
  void upAfterAllWasKilledGoesOnWhereItWas() throws Exception {
    change(6, 45, 70_004);
    List<Long> pids = new ArrayList<>();
    pids.add(stack.status().path("pid").asLong());
    stack.status().path("parts").forEach(part -> pids.add(part.path("pid").asLong()));
    new HashSet<>(pids).stream().filter(pid -> pid != 0).forEach(LocalStack::kill);
    stack.run("up");
    change(6, 46, 70_005);
    awaitAllChanges();
  }

  @Test
  @Order(6)
  void theReplicaEqualsItsSourceAndFollowsNewColumns() throws Exception {
    stack.run("apply", stack.script(Path.of("../samples/replication/replication.sql")));
    stack.run("deploy", "replication");
    stack.run("start", "replication");
    awaitEqual("SELECT location_id, product_id, quantity FROM stock ORDER BY 1, 2");
    try (Connection shop = stack.shop()) {
      Tables.execute(
          shop,
          "DELETE FROM stock WHERE product_id = 500",
          "UPDATE stock SET quantity = quantity + 1 WHERE location_id = 2",
          "ALTER TABLE location ADD COLUMN city VARCHAR(40)",
          "UPDATE location SET city = 'Kiel' WHERE location_id = 10",
          "INSERT INTO location (location_id, name, city) VALUES (13, 'Pier', 'Århus')");
    }
    awaitEqual("SELECT location_id, product_id, quantity FROM stock ORDER BY 1, 2");
    awaitEqual("SELECT location_id, name, city FROM location ORDER BY 1");
    awaitEqual("SELECT product_id, description, brand, category, price FROM product ORDER BY 1");
  }

  @Test
  @Order(7)
  void theTrainedModelFindsExactlyWhatIsUnusual() throws Exception {
    stack.run("sample", "user-behaviour");
    assertThat(csvRows("user-behaviour/training")).hasSizeGreaterThan(2_300);
    List<String> planted = Files.readAllLines(stack.files().resolve("user-behaviour/planted.csv"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(csvRows("user-behaviour/anomalies")).hasSize(planted.size()));
    assertThat(
            csvRows("user-behaviour/anomalies").stream()
                .map(row -> row.get("user_name") + "," + row.get("minute_start").substring(0, 16)))
        .containsExactlyInAnyOrderElementsOf(
            planted.stream().map(line -> line.substring(0, line.indexOf(',') + 17)).toList());
  }

  private static void awaitEqual(String query) throws Exception {
    try (Connection shop = stack.shop();
        Connection replica = stack.replica()) {
      await()
          .atMost(SOON)
          .ignoreExceptions()
          .untilAsserted(
              () -> assertThat(Tables.rows(replica, query)).isEqualTo(Tables.rows(shop, query)));
    }
  }

  private static void change(int location, int product, int quantity) throws Exception {
    try (Connection shop = stack.shop()) {
      Tables.execute(
          shop,
          "UPDATE stock SET quantity = %d WHERE location_id = %d AND product_id = %d"
              .formatted(quantity, location, product));
    }
    CHANGES.add(product + "/" + quantity);
  }

  /** Every change is in the CSV files exactly once, and nothing else is beyond the snapshot. */
  private static void awaitAllChanges() {
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          List<Map<String, String>> rows = csvRows();
          assertThat(
                  rows.stream()
                      .filter(row -> Integer.parseInt(row.get("quantity")) > 70_000)
                      .map(row -> row.get("product_id") + "/" + row.get("quantity")))
              .containsExactlyInAnyOrderElementsOf(CHANGES);
          assertThat(rows).hasSize(STOCK_ROWS + CHANGES.size());
        });
  }

  private static List<Map<String, String>> csvRows() {
    return csvRows("inventory/csv");
  }

  private static List<Map<String, String>> csvRows(String directory) {
    return SinkFiles.in(stack.files().resolve(directory), ".csv").stream()
        .flatMap(file -> CsvFile.rows(file).stream())
        .toList();
  }

  private static Map<String, String> csvRow(int quantity) {
    return csvRows().stream()
        .filter(row -> row.get("quantity").equals(Integer.toString(quantity)))
        .findFirst()
        .orElseThrow();
  }

  private static List<GenericRecord> avroRows() throws IOException {
    List<GenericRecord> rows = new ArrayList<>();
    for (Path file : SinkFiles.in(stack.files().resolve("inventory/warehouse"), ".avro")) {
      try (DataFileReader<GenericRecord> reader =
          new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
        reader.forEach(rows::add);
      }
    }
    return rows;
  }

  private static JsonNode jsonRow(int quantity) {
    JsonMapper json = new JsonMapper();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", stack.bootstrapServers(), "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor("inventory.stock").stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long end = System.nanoTime() + SOON.toNanos();
      while (System.nanoTime() < end) {
        for (ConsumerRecord<String, String> event : consumer.poll(Duration.ofMillis(200))) {
          JsonNode value = json.readTree(event.value());
          if (value.path("quantity").asInt() == quantity) {
            return value;
          }
        }
      }
    }
    throw new AssertionError("quantity " + quantity + " is not in the topic");
  }
}
