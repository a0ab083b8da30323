package io.millrace.bench.stateful;

import io.millrace.schemas.bus.KafkaSchemaStore;
import io.millrace.testing.TestKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Stateful queries from Kafka to Kafka, exactly once, in Millrace and in Flink SQL: each in a
 * process of its own, one after the other, on one broker, which runs here. Prints Markdown tables.
 *
 * <p>Arguments: events (1,000,000), numbers of keys (10000,1000000), names of queries (all). System
 * properties {@code flink.java} and {@code flink.classpath}: what Flink is started with.
 */
final class StatefulBench {

  private static final long WARM_UP = 200_000;
  private static final int ENGINE_ROUNDS = 3;

  private final TestKafka kafka;
  private final KafkaSchemaStore schemas;
  private final long events;
  private int outputs;

  private StatefulBench(TestKafka kafka, KafkaSchemaStore schemas, long events) {
    this.kafka = kafka;
    this.schemas = schemas;
    this.events = events;
  }

  public static void main(String[] args) throws IOException {
    long events = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
    String[] keys = (args.length > 1 ? args[1] : "10000,1000000").split(",");
    List<String> names = args.length > 2 ? List.of(args[2].split(",")) : List.of();
    try (TestKafka kafka = TestKafka.create(Map.of());
        KafkaSchemaStore schemas = new KafkaSchemaStore(kafka.clientConfig())) {
      StatefulBench bench = new StatefulBench(kafka, schemas, events);
      for (String number : keys) {
        bench.run(Integer.parseInt(number), names);
      }
    }
  }

  private void run(int keys, List<String> names) throws IOException {
    String in = "bench.stateful.in" + keys;
    String second = "bench.stateful.second" + keys;
    String warm = "bench.stateful.warm" + keys;
    write(in, events, keys);
    write(second, events, keys);
    write(warm, WARM_UP, keys);
    System.out.printf(
        Locale.ROOT,
        "%n%,d events (the join: twice as many), %,d keys, %d partitions. CPU is that of the"
            + " engine's process, memory its resident set after the run.%n%n",
        events,
        keys,
        Load.PARTITIONS);
    System.out.println(
        "| query | engine | events/s | CPU µs an event | of Flink on the heap | rows out | MB |");
    System.out.println("|---|---|---|---|---|---|---|");
    List<String> alone = new ArrayList<>();
    for (Work work : Work.ALL) {
      if (!names.isEmpty() && !names.contains(work.name())) {
        continue;
      }
      double heap = flink(work, "hashmap", in, second, warm, 0);
      double cpu = millrace(work, in, second, warm, keys, heap, alone);
      flink(work, "rocksdb", in, second, warm, heap);
      if (cpu <= 0) {
        throw new IOException("no CPU time was told");
      }
    }
    System.out.println();
    System.out.println("| query, the engine alone | ns an event |");
    System.out.println("|---|---|");
    alone.forEach(System.out::println);
  }

  private double millrace(
      Work work, String in, String second, String warm, int keys, double heap, List<String> alone)
      throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx2g",
            "--enable-native-access=ALL-UNNAMED",
            "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
            "-cp",
            System.getProperty("java.class.path"),
            MillracePeer.class.getName(),
            kafka.bootstrapServers());
    try (Peer peer = new Peer("millrace", command)) {
      peer.run("host", warm, work.joins() ? warm : "", output(), count(work, WARM_UP), work.sql());
      Peer.Took took =
          peer.run(
              "host", in, work.joins() ? second : "", output(), count(work, events), work.sql());
      double cpu = row(work, "Millrace", took, heap);
      String nanos =
          peer.run(
                  "engine",
                  Integer.toString(keys),
                  Long.toString(Math.min(events, 500_000)),
                  Integer.toString(ENGINE_ROUNDS),
                  work.sql())
              .answer();
      alone.add("| " + work.title() + " | " + nanos + " |");
      return cpu;
    }
  }

  private double flink(
      Work work, String backend, String in, String second, String warm, double heap)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("flink.java"));
    command.add("-Xmx2g");
    for (String name : List.of("lang", "util", "time", "math", "nio", "net", "text")) {
      command.add("--add-opens");
      command.add("java.base/java." + name + "=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("flink.classpath"),
            "io.millrace.oracle.peer.FlinkPeer",
            kafka.bootstrapServers(),
            backend));
    try (Peer peer = new Peer("flink", command)) {
      peer.run(warm + ".plain", work.joins() ? warm + ".plain" : "", output(), work.sql());
      Peer.Took took =
          peer.run(in + ".plain", work.joins() ? second + ".plain" : "", output(), work.sql());
      return row(work, backend.equals("hashmap") ? "Flink, heap" : "Flink, RocksDB", took, heap);
    }
  }

  private double row(Work work, String engine, Peer.Took took, double heap) {
    long all = Long.parseLong(count(work, events));
    double cpu = took.cpu().toNanos() / 1e3 / all;
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %,.0f | %.2f | %s | %s | %,d |%n",
        work.title(),
        engine,
        all * 1e9 / took.time().toNanos(),
        cpu,
        heap == 0 ? "1" : String.format(Locale.ROOT, "%.2f", cpu / heap),
        took.answer().replaceAll("out=(\\d*).*", "$1"),
        took.residentBytes() >> 20);
    return cpu;
  }

  private static String count(Work work, long events) {
    return Long.toString(work.joins() ? 2 * events : events);
  }

  private String output() {
    String topic = "bench.stateful.out" + ++outputs;
    kafka.createTopic(topic, Load.PARTITIONS);
    return topic;
  }

  private void write(String topic, long number, int keys) {
    kafka.createTopic(topic, Load.PARTITIONS);
    kafka.createTopic(topic + ".plain", Load.PARTITIONS);
    Load.write(kafka.clientConfig(), schemas, topic, number, keys);
  }
}
