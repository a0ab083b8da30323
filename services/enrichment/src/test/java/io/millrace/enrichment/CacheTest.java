package io.millrace.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.AllowedDirectories;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import io.millrace.testing.TestKafka;
import io.millrace.testing.TestPostgres;
import io.millrace.testing.TestRedis;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Caches on a real Redis, joined by queries on a real broker. */
@Timeout(180)
class CacheTest {

  private static final RowType STOCK =
      RowType.of(Field.required("id", DataType.INT), Field.nullable("product_id", DataType.INT));
  private static final RowType PRODUCT =
      RowType.of(
          Field.required("product_id", DataType.INT),
          Field.nullable("name", DataType.STRING),
          Field.nullable("price", DataType.decimal(10, 2)));
  private static final RowType ENRICHED =
      RowType.of(
          Field.required("id", DataType.INT),
          Field.nullable("product_id", DataType.INT),
          Field.nullable("name", DataType.STRING),
          Field.nullable("price", DataType.decimal(10, 2)));
  private static final String LEFT_JOIN =
      "SELECT s.id, s.product_id, p.name, p.price FROM stock AS s"
          + " LEFT JOIN products AS p ON s.product_id = p.product_id";

  private Flow flow;
  private TestRedis redis;

  @BeforeEach
  void open() {
    redis = TestRedis.create();
    flow = new Flow(TestKafka.shared());
    flow.stream("stock", 2, STOCK).stream("enriched", 2, ENRICHED)
        .query("enriched", "stock", "enriched", List.of("products"), LEFT_JOIN);
  }

  @AfterEach
  void close() {
    flow.close();
    redis.close();
    System.clearProperty(AllowedDirectories.PROPERTY);
  }

  @Test
  void aJdbcCacheIsRefreshedWithoutAMomentOfEmptiness() {
    TestPostgres postgres = TestPostgres.shared();
    String database = postgres.createDatabase();
    postgres.execute(
        database,
        "CREATE TABLE product (product_id INT PRIMARY KEY, name TEXT, price NUMERIC(10,2))",
        "INSERT INTO product SELECT i, 'first ' || i, i / 4.0 FROM generate_series(0, 99) i");
    flow.cache(
        "products",
        PRODUCT,
        List.of("product_id"),
        "jdbc",
        Map.of(
            "url", postgres.jdbcUrl(database),
            "username", postgres.username(),
            "password", postgres.password(),
            "table", "product",
            "refresh", "300 ms"));
    Flow.Instance instance = run("a");
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer = Thread.ofPlatform().start(() -> writeOn(stop));
    Flow.await(() -> names().contains("first 5"));
    postgres.execute(database, "UPDATE product SET name = 'second ' || product_id");
    Flow.await(() -> names().contains("second 5"));
    long loads = instance.status("products").getEventsIn();
    Flow.await(() -> instance.status("products").getEventsIn() > loads + 3);
    stop.set(true);
    join(writer);

    assertThat(flow.read("enriched"))
        .allSatisfy(row -> {
          assertThat((String) row[2]).matches("(first|second) " + row[1]);
          assertThat(row[3])
              .isEqualTo(new BigDecimal((int) row[1]).divide(new BigDecimal(4)).setScale(2));
        });
    assertThat(instance.status("products").getDetails()).containsEntry("rows", "100");
  }

  @Test
  void aSourceThatFailsIsReportedAndWhatWasLoadedIsStillRead() {
    TestPostgres postgres = TestPostgres.shared();
    String database = postgres.createDatabase();
    flow.cache(
        "products",
        PRODUCT,
        List.of("product_id"),
        "jdbc",
        Map.of(
            "url", postgres.jdbcUrl(database),
            "username", postgres.username(),
            "password", postgres.password(),
            "query", "SELECT * FROM product",
            "refresh", "300 ms"));
    flow.write("stock", "id", stock(0, 10));
    Flow.Instance instance = run("a");
    Flow.await(() -> instance.state("products") == ComponentState.RESTARTING);
    assertThat(instance.status("products").getError()).contains("product").contains("not exist");
    Flow.await(() -> "CACHE_LOADING".equals(instance.status("enriched").getErrorCode()));
    assertThat(flow.read("enriched")).isEmpty();

    postgres.execute(
        database,
        "CREATE TABLE product (product_id INT PRIMARY KEY, name TEXT, price NUMERIC(10,2))",
        "INSERT INTO product VALUES (1, 'one', 1)");
    Flow.await(() -> flow.read("enriched").size() == 10);
    assertThat(names()).contains("one");
    Flow.await(() -> instance.state("products") == ComponentState.RUNNING);
    assertThat(instance.status("enriched").getDetails()).containsKey("misses.products");

    postgres.execute(database, "DROP TABLE product");
    Flow.await(() -> instance.state("products") == ComponentState.RESTARTING);
    flow.write("stock", "id", stock(10, 12));
    Flow.await(() -> flow.read("enriched").size() == 12);
  }

  @Test
  void aFileCacheFollowsItsFileAndPutsBadLinesWithTheDeadLetters(@TempDir Path directory)
      throws Exception {
    System.setProperty(AllowedDirectories.PROPERTY, directory.toString());
    Path file = directory.resolve("products.csv");
    Files.writeString(
        file, "product_id,price,name\n1,1.50,\"a \"\"quoted\"\", name\"\nx,2,bad\n2,2,two\n");
    flow.cache("products", PRODUCT, List.of("product_id"), "file", Map.of("path", file.toString()));
    flow.write("stock", "id", List.of(new Object[] {1, 1}, new Object[] {2, 2}));
    Flow.Instance instance = run("a");
    Flow.await(() -> flow.read("enriched").size() == 2);
    assertThat(names()).containsExactlyInAnyOrder("a \"quoted\", name", "two");
    assertThat(instance.status("products").getDeadLetters()).isEqualTo(1);
    assertThat(flow.records(Topics.deadLetters(flow.application))).hasSize(1);

    Files.writeString(file, "product_id,price,name\n1,1.50,changed\n");
    Flow.await(() -> instance.status("products").getEventsIn() == 2);
    flow.write("stock", "id", List.of(new Object[] {3, 1}, new Object[] {4, 2}));
    Flow.await(() -> flow.read("enriched").size() == 4);
    assertThat(names()).contains("changed").containsNull();
  }

  @Test
  void aCapturedTableIsJoinedOnceItsSnapshotIsInAndFollowsItsChanges() throws Exception {
    captured(2);
    flow.change("product_changes", read(1, "one"), read(2, "two"), read(3, "three"));
    flow.write("stock", "id", List.of(new Object[] {1, 1}, new Object[] {2, 9}));
    Flow.Instance instance = run("a");
    Flow.await(() -> "CACHE_LOADING".equals(instance.status("enriched").getErrorCode()));
    assertThat(instance.state("products")).isEqualTo(ComponentState.STARTING);
    assertThat(flow.read("enriched")).isEmpty();

    flow.captured("product_changes");
    Flow.await(() -> flow.read("enriched").size() == 2);
    assertThat(names()).containsOnly("one", null);
    Flow.await(() -> instance.state("products") == ComponentState.RUNNING);

    // A change, a deletion, a new row (whose miss is in memory) and a changed key are seen.
    flow.change(
        "product_changes",
        new Object[] {"u", product(1, "one"), product(1, "uno")},
        new Object[] {"d", product(2, "two"), null},
        new Object[] {"c", null, product(9, "nine")},
        new Object[] {"u", product(3, "three"), product(4, "four")});
    Flow.await(() -> "3".equals(instance.status("products").getDetails().get("rows")));
    flow.write(
        "stock",
        "id",
        List.of(
            new Object[] {11, 1},
            new Object[] {12, 2},
            new Object[] {13, 9},
            new Object[] {14, 3},
            new Object[] {15, 4}));
    Flow.await(() -> flow.read("enriched").size() == 7);
    assertThat(nameOf(11)).isEqualTo("uno");
    assertThat(nameOf(12)).isNull();
    assertThat(nameOf(13)).isEqualTo("nine");
    assertThat(nameOf(14)).isNull();
    assertThat(nameOf(15)).isEqualTo("four");
  }

  @Test
  void eventsWaitWhileRedisIsAwayAndNoneIsLostOrUnenriched() throws Exception {
    captured(1);
    flow.change("product_changes", products(100));
    flow.captured("product_changes");
    Flow.Instance instance = run("a");
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer = Thread.ofPlatform().start(() -> writeOn(stop));
    Flow.await(() -> flow.read("enriched").size() > 100);
    redis.stop();
    Flow.await(() -> "REDIS_AWAY".equals(instance.status("enriched").getErrorCode()));
    assertThat(instance.state("enriched")).isEqualTo(ComponentState.RESTARTING);
    int before = flow.read("enriched").size();
    redis.start();
    Flow.await(() -> flow.read("enriched").size() > before + 100);
    stop.set(true);
    join(writer);
    allEnrichedOnce();
    Flow.await(() -> instance.state("enriched") == ComponentState.RUNNING);
  }

  @Test
  void cachesAreLoadedAgainBeforeQueriesGoOnWhenRedisLostItsData() throws Exception {
    captured(2);
    flow.change("product_changes", products(100));
    flow.captured("product_changes");
    Flow.Instance instance = run("a");
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer = Thread.ofPlatform().start(() -> writeOn(stop));
    Flow.await(() -> flow.read("enriched").size() > 100);
    redis.stop();
    redis.loseData();
    Flow.await(() -> "REDIS_AWAY".equals(instance.status("enriched").getErrorCode()));
    int before = flow.read("enriched").size();
    redis.start();
    Flow.await(() -> flow.read("enriched").size() > before + 100);
    stop.set(true);
    join(writer);
    allEnrichedOnce();
    assertThat(instance.status("products").getDetails()).containsEntry("rows", "100");
  }

  @Test
  void twoInstancesShareTheLoadingAndBothSeeChanges() throws Exception {
    captured(2);
    flow.change("product_changes", products(100));
    flow.captured("product_changes");
    Flow.Instance a = run("a");
    Flow.Instance b = run("b");
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer = Thread.ofPlatform().start(() -> writeOn(stop));
    Flow.await(() -> b.status("enriched").getEventsOut() > 50);
    Flow.await(() -> a.status("enriched").getEventsOut() > 50);
    flow.change("product_changes", new Object[] {"u", product(7, "p7"), product(7, "p7 changed")});
    Flow.await(() -> names().contains("p7 changed"));
    a.close();
    int before = flow.read("enriched").size();
    Flow.await(() -> flow.read("enriched").size() > before + 100);
    stop.set(true);
    join(writer);
    Flow.await(() -> flow.read("enriched").size() == flow.recordsOf("stock").size());
    assertThat(flow.read("enriched")).extracting(row -> row[0]).doesNotHaveDuplicates();
  }

  private void captured(int partitions) {
    flow.changes("product_changes", partitions, PRODUCT);
    flow.cacheOf("products", PRODUCT, List.of("product_id"), "product_changes");
  }

  private Flow.Instance run(String name) {
    Flow.Instance instance = flow.instance(name, redis.url());
    instance.applications.apply(flow.plan(DesiredState.RUNNING));
    return instance;
  }

  private void writeOn(AtomicBoolean stop) {
    for (int i = 0; !stop.get(); i += 20) {
      flow.write("stock", "id", stock(i, i + 20));
    }
  }

  private void allEnrichedOnce() {
    int written = flow.recordsOf("stock").size();
    Flow.await(() -> flow.read("enriched").size() >= written);
    List<Object[]> rows = flow.read("enriched");
    assertThat(rows).hasSize(written);
    assertThat(rows).extracting(row -> row[0]).doesNotHaveDuplicates();
    assertThat(rows).allSatisfy(row -> assertThat(row[2]).isEqualTo("p" + row[1]));
  }

  private List<String> names() {
    return flow.read("enriched").stream().map(row -> (String) row[2]).toList();
  }

  private String nameOf(int id) {
    return flow.read("enriched").stream()
        .filter(row -> (int) row[0] == id)
        .map(row -> (String) row[2])
        .toList()
        .getFirst();
  }

  private static List<Object[]> stock(int from, int to) {
    List<Object[]> stock = new ArrayList<>();
    for (int i = from; i < to; i++) {
      stock.add(new Object[] {i, i % 100});
    }
    return stock;
  }

  private static Object[][] products(int count) {
    Object[][] changes = new Object[count][];
    for (int i = 0; i < count; i++) {
      changes[i] = read(i, "p" + i);
    }
    return changes;
  }

  private static Object[] read(int id, String name) {
    return new Object[] {"r", null, product(id, name)};
  }

  private static Object[] product(int id, String name) {
    return new Object[] {id, name, new BigDecimal("1.00")};
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
