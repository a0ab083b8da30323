package io.millrace.bench.stateless;

import io.millrace.bench.streams.StreamsApplication;
import io.millrace.connector.AllowedDirectories;
import io.millrace.enrichment.EnrichmentRunners;
import io.millrace.enrichment.cache.RedisLink;
import io.millrace.host.Applications;
import io.millrace.host.Surroundings;
import io.millrace.loop.LoopConfig;
import io.millrace.loop.LoopInput;
import io.millrace.loop.TaskLoop;
import io.millrace.schemas.bus.KafkaSchemaStore;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import io.millrace.testing.TestKafka;
import io.millrace.testing.TestRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Throughput of the task loop and of queries beside a bare copy of the same topic and beside Kafka
 * Streams, and the latency of one hop; broker, Redis and queries in this one process. Prints a
 * Markdown table.
 *
 * <p>Arguments: the number of events (1,000,000), and how often each is measured (3, in turns; the
 * best counts, for the first ones warm the JVM up).
 */
public final class StatelessBench {

  private static final int PARTITIONS = 4;
  private static final String APPLICATION = "bench.stateless";

  /** Kafka Streams' own, for exactly once. */
  private static final Duration STREAMS_COMMIT_INTERVAL = Duration.ofMillis(100);

  private static final RowType PROJECTED =
      RowType.of(
          Field.required("id", DataType.BIGINT),
          Field.required("product_id", DataType.INT),
          Field.nullable("location", DataType.STRING),
          Field.nullable("total", DataType.DOUBLE));
  private static final RowType ENRICHED =
      RowType.of(
          Field.required("id", DataType.BIGINT),
          Field.required("product_id", DataType.INT),
          Field.nullable("location", DataType.STRING),
          Field.nullable("quantity", DataType.INT),
          Field.nullable("price", DataType.DOUBLE),
          Field.nullable("counted", DataType.TIMESTAMP),
          Field.nullable("description", DataType.STRING),
          Field.nullable("brand", DataType.STRING));

  private final TestKafka kafka;
  private final TestRedis redis;
  private final KafkaSchemaStore schemas;
  private final long events;
  private int run;

  private StatelessBench(TestKafka kafka, TestRedis redis, KafkaSchemaStore schemas, long events) {
    this.kafka = kafka;
    this.redis = redis;
    this.schemas = schemas;
    this.events = events;
  }

  public static void main(String[] args) throws Exception {
    long events = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    try (TestKafka kafka = TestKafka.create(Map.of());
        TestRedis redis = TestRedis.create();
        KafkaSchemaStore schemas = new KafkaSchemaStore(kafka.clientConfig())) {
      new StatelessBench(kafka, redis, schemas, events).run(rounds);
    }
  }

  private interface Measured {
    double eventsPerSecond() throws Exception;
  }

  private void run(int rounds) throws Exception {
    kafka.createTopic(topic("stock"), PARTITIONS);
    kafka.createTopic(topic("products"), PARTITIONS);
    Products.write(kafka.clientConfig(), topic("products"));
    try (Events stock = events()) {
      for (long i = 0; i < events; i++) {
        stock.send(i);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%n%,d events of 6 columns, %d partitions, exactly-once, everything in one process%n%n",
        events,
        PARTITIONS);
    Map<String, Measured> paths = new LinkedHashMap<>();
    paths.put("bare consumer → producer copy", this::copy);
    paths.put("task loop, bytes as they are", this::loop);
    paths.put("query: filter and projection", () -> query(false));
    paths.put("query: join with a cache of 10,000 rows", () -> query(true));
    paths.put("Kafka Streams: filter and projection", () -> streams(false));
    paths.put("Kafka Streams: join with a global table of 10,000 rows", () -> streams(true));
    Map<String, Double> best = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (Map.Entry<String, Measured> path : paths.entrySet()) {
        best.merge(path.getKey(), path.getValue().eventsPerSecond(), Math::max);
      }
    }
    double copy = best.values().iterator().next();
    System.out.println("| path | events/s | of the bare copy |");
    System.out.println("|---|---|---|");
    best.forEach((path, rate) -> row(path, rate, copy));
    latency();
  }

  private static void row(String path, double rate, double copy) {
    System.out.printf(Locale.ROOT, "| %s | %,.0f | %.0f %% |%n", path, rate, rate / copy * 100);
  }

  private double copy() {
    String to = fresh();
    long[] first = new long[2];
    BareCopy.run(
        kafka.clientConfig(),
        topic("stock"),
        to,
        events,
        done -> {
          if (first[0] == 0) {
            first[0] = System.nanoTime();
            first[1] = done;
          }
        });
    return (events - first[1]) * 1e9 / (System.nanoTime() - first[0]);
  }

  private double loop() {
    String to = fresh();
    LoopConfig config =
        LoopConfig.of(
            APPLICATION,
            "bench",
            "copy" + run,
            "bench",
            kafka.clientConfig(),
            List.of(new LoopInput("stock", topic("stock"))),
            List.of(new LoopInput("out", to)));
    try (TaskLoop loop =
        new TaskLoop(
            config,
            task ->
                (batches, output) ->
                    batches.forEach(batch ->
                        batch
                            .records()
                            .forEach(
                                r -> output.emit(r, to, r.key(), r.value(), r.timestamp()))))) {
      loop.start();
      return rate(() -> loop.status().eventsIn());
    }
  }

  private double query(boolean cached) throws IOException {
    try (RedisLink link = new RedisLink(redis.url());
        Applications applications = applications(link)) {
      String name = "q" + ++run;
      applications.apply(cached ? joined(name) : projected(name));
      return rate(() -> status(applications, name).getEventsIn());
    }
  }

  private double streams(boolean joined) throws IOException {
    String to = fresh();
    try (StreamsApplication application =
        new StreamsApplication(kafka.clientConfig(), to, STREAMS_COMMIT_INTERVAL)) {
      StreamsQueries queries = new StreamsQueries(application);
      if (joined) {
        queries.join(topic("stock"), topic("products"), to);
      } else {
        queries.project(topic("stock"), to);
      }
      application.start();
      return rate(application::processedEvents);
    }
  }

  private void latency() throws Exception {
    try (RedisLink link = new RedisLink(redis.url());
        Applications applications = applications(link);
        Events stock = events()) {
      String name = "q" + ++run;
      applications.apply(joined(name));
      rate(() -> status(applications, name).getEventsIn());
      long start = System.nanoTime();
      for (int i = 0; i < 15_000; i++) {
        long due = start + i * 1_000_000L;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(200_000);
        }
        stock.send(i);
      }
      ComponentStatus status = status(applications, name);
      System.out.printf(
          Locale.ROOT,
          "%nOne hop with a cache join at 1,000 events/s, from written to committed: p50 %.0f ms, p99 %.0f ms%n",
          status.getLatencyP50Millis(),
          status.getLatencyP99Millis());
    }
  }

  /** From the first progress on, so that joining the group does not count. */
  private double rate(LongSupplier done) {
    long first;
    while ((first = done.getAsLong()) == 0) {
      LockSupport.parkNanos(1_000_000);
    }
    long start = System.nanoTime();
    while (done.getAsLong() < events) {
      LockSupport.parkNanos(1_000_000);
    }
    return (events - first) * 1e9 / (System.nanoTime() - start);
  }

  private Applications applications(RedisLink link) {
    Surroundings surroundings =
        new Surroundings("enrichment", "bench", kafka.clientConfig(), schemas, options -> options);
    return new Applications("enrichment", application -> new EnrichmentRunners(surroundings, link));
  }

  private Events events() {
    String topic = topic("stock");
    return new Events(kafka.clientConfig(), schemas, topic, Events.schema(topic));
  }

  private static ComponentStatus status(Applications applications, String component) {
    return applications.statuses().stream()
        .filter(s -> s.getComponent().equals(component))
        .findFirst()
        .orElseThrow();
  }

  private Plan projected(String name) {
    return plan(
        name,
        PROJECTED,
        List.of(),
        "SELECT id, product_id, UPPER(location) AS location, quantity * price AS total"
            + " FROM stock WHERE quantity >= 10");
  }

  private Plan joined(String name) throws IOException {
    Path file = Products.file();
    System.setProperty(AllowedDirectories.PROPERTY, file.getParent().toString());
    Component cache =
        Component.newBuilder()
            .setName("products")
            .setKind(ComponentKind.CACHE)
            .setService("enrichment")
            .setFingerprint(file.toString())
            .setConnector("file")
            .setOptions(Map.of("path", file.toString()))
            .setRowSchema(AvroTypes.toAvro(Products.ROW, "products").toString())
            .setKey(List.of("product_id"))
            .build();
    return plan(
        name,
        ENRICHED,
        List.of(cache),
        "SELECT s.*, p.description, p.brand FROM stock AS s"
            + " LEFT JOIN products AS p ON s.product_id = p.product_id");
  }

  private Plan plan(String name, RowType output, List<Component> caches, String sql) {
    String to = fresh();
    Component query =
        Component.newBuilder()
            .setName(name)
            .setKind(ComponentKind.QUERY)
            .setService("enrichment")
            .setFingerprint(sql)
            .setInputs(List.of("stock"))
            .setOutputs(List.of("out"))
            .setCaches(caches.stream().map(Component::getName).toList())
            .setSql(sql)
            .build();
    List<Component> components = new ArrayList<>(caches);
    components.add(query);
    return Plan.newBuilder()
        .setApplication(APPLICATION)
        .setRevision(run)
        .setDesired(DesiredState.RUNNING)
        .setStreams(
            List.of(
                stream("stock", topic("stock"), Events.schema(topic("stock")).toString()),
                stream("out", to, AvroTypes.toAvro(output, to).toString())))
        .setComponents(components)
        .build();
  }

  private static StreamDefinition stream(String name, String topic, String schema) {
    return StreamDefinition.newBuilder()
        .setName(name)
        .setTopic(topic)
        .setRowSchema(schema)
        .setKind(StreamKind.EVENTS)
        .setPartitions(PARTITIONS)
        .build();
  }

  private String fresh() {
    String name = topic("out" + ++run);
    kafka.createTopic(name, PARTITIONS);
    return name;
  }

  private static String topic(String stream) {
    return APPLICATION + "." + stream;
  }
}
