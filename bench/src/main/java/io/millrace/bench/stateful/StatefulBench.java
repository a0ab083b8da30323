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
 * Stateful queries from Kafka to Kafka, exactly once, in Millrace, in Flink SQL and, where it has
 * words for them, in Kafka Streams: each in a process of its own, one after the other, on one
 * broker, which runs here. Prints Markdown tables.
 *
 * <p>Arguments: events (1,000,000), numbers of keys (10000,1000000), names of queries (all, and
 * epl). System properties {@code flink.java} and {@code flink.classpath}: what Flink is started
 * with.
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
    Topics topics = new Topics("bench.stateful.e" + keys, "bench.stateful.f" + keys);
    Topics warm = new Topics("bench.stateful.warm.e" + keys, "bench.stateful.warm.f" + keys);
    write(topics, events, keys);
    write(warm, WARM_UP, keys);
    System.out.printf(
        Locale.ROOT,
        "%n%,d events (the join: twice as many), %,d keys, %d partitions. CPU is that of the"
            + " engine's process; memory is its largest resident set, and what that is above the"
            + " idle process by key. Flink alone also gives what the end of the input"
            + " completes.%n%n",
        events,
        keys,
        Load.PARTITIONS);
    System.out.println(
        "| query | engine | events/s | CPU µs an event | of Flink on the heap | rows out | MB"
            + " | bytes a key |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    List<String> alone = new ArrayList<>();
    for (Work work : Work.ALL) {
      if (!names.isEmpty() && !names.contains(work.name())) {
        continue;
      }
      Measured measured = new Measured(work, topics, warm, keys);
      double heap = flink(measured, "hashmap", 0);
      double cpu = millrace(measured, heap, alone);
      flink(measured, "rocksdb", heap);
      if (KafkaStreamsPeer.knows(work)) {
        kafkaStreams(measured, heap);
      }
      if (cpu <= 0) {
        throw new IOException("no CPU time was told");
      }
    }
    System.out.println();
    System.out.println(
        "| query | the engine alone, ns an event | from Kafka to Kafka, ns of CPU |");
    System.out.println("|---|---|---|");
    alone.forEach(System.out::println);
    if (names.isEmpty() || names.contains("epl")) {
      epl(topics, warm, keys);
    }
  }

  /** The topics of the streams e and f. */
  private record Topics(String e, String f) {

    /** Those of the events as others read them. */
    Topics plain() {
      return new Topics(e + ".plain", f + ".plain");
    }
  }

  private record Measured(Work work, Topics topics, Topics warm, int keys) {

    String second(Topics topics) {
      return work.joins() ? topics.f() : "";
    }

    long events(long each) {
      return Load.withLast(each) * (work.joins() ? 2 : 1);
    }
  }

  private double millrace(Measured measured, double heap, List<String> alone) throws IOException {
    Work work = measured.work();
    try (Peer peer = new Peer("millrace", millraceCommand())) {
      double cpu =
          row(
              measured,
              "Millrace",
              heap,
              (topics, to, each) -> host(peer, measured, topics, to, each));
      alone.add(
          "| %s | %s | %.0f |"
              .formatted(
                  work.title(),
                  alone(peer, measured.keys(), "engine", work.language(), work.text()),
                  cpu * 1000));
      return cpu;
    }
  }

  /** Nanoseconds an event of an engine with nothing around it. */
  private String alone(Peer peer, int keys, String... what) throws IOException {
    List<String> words = new ArrayList<>(List.of(what));
    words.addAll(
        1,
        List.of(
            Integer.toString(keys),
            Long.toString(Math.min(events, 500_000)),
            Integer.toString(ENGINE_ROUNDS)));
    return peer.run(words.toArray(String[]::new)).answer();
  }

  /** Esper by itself, as AS EPL runs it, and on the whole way from Kafka to Kafka. */
  private void epl(Topics topics, Topics warm, int keys) throws IOException {
    System.out.println();
    System.out.println(
        "| EPL | Esper by itself, ns an event | with order and limits | from Kafka to Kafka |");
    System.out.println("|---|---|---|---|");
    for (Work work : Work.EPL) {
      Measured measured = new Measured(work, topics, warm, keys);
      try (Peer peer = new Peer("millrace", millraceCommand())) {
        host(peer, measured, warm, WARM_UP);
        Peer.Took took = host(peer, measured, topics, events);
        System.out.printf(
            Locale.ROOT,
            "| %s | %s | %s | %.0f |%n",
            work.title(),
            alone(peer, keys, "esper", work.text()),
            alone(peer, keys, "engine", work.language(), work.text()),
            (double) took.cpu().toNanos() / measured.events(events));
      }
    }
  }

  private List<String> millraceCommand() {
    List<String> command = java("-Xmx2g", "--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of(MillracePeer.class.getName(), kafka.bootstrapServers()));
    return command;
  }

  private Peer.Took host(Peer peer, Measured measured, Topics topics, long each)
      throws IOException {
    return host(peer, measured, topics, output(), each);
  }

  private static Peer.Took host(Peer peer, Measured measured, Topics topics, String to, long each)
      throws IOException {
    Work work = measured.work();
    return peer.run(
        "host",
        topics.e(),
        measured.second(topics),
        to,
        Long.toString(measured.events(each)),
        work.language(),
        work.text());
  }

  private double flink(Measured measured, String backend, double heap) throws IOException {
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
      return row(
          measured,
          backend.equals("hashmap") ? "Flink, heap" : "Flink, RocksDB",
          heap,
          (topics, to, each) ->
              peer.run(
                  topics.plain().e(), measured.second(topics.plain()), to, measured.work().text()));
    }
  }

  private void kafkaStreams(Measured measured, double heap) throws IOException {
    List<String> command = java("-Xmx2g", "--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of(KafkaStreamsPeer.class.getName(), kafka.bootstrapServers()));
    try (Peer peer = new Peer("kafka-streams", command)) {
      row(
          measured,
          "Kafka Streams",
          heap,
          (topics, to, each) ->
              peer.run(
                  measured.work().name(),
                  topics.plain().e(),
                  measured.second(topics.plain()),
                  to,
                  Long.toString(measured.events(each))));
    }
  }

  private static List<String> java(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.add("-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    return command;
  }

  private interface Run {
    Peer.Took of(Topics topics, String to, long events) throws IOException;
  }

  /** Runs once to warm up and once for the table. */
  private double row(Measured measured, String engine, double heap, Run run) throws IOException {
    String to;
    Peer.Took took;
    try {
      run.of(measured.warm(), output(), WARM_UP);
      to = output();
      took = run.of(measured.topics(), to, events);
    } catch (Peer.TooSlowException e) {
      System.out.printf(
          "| %s | %s | %s | – | – | – | – | – |%n",
          measured.work().title(), engine, e.getMessage());
      return Double.NaN;
    }
    long all = measured.events(events);
    double cpu = took.cpu().toNanos() / 1e3 / all;
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %,.0f | %.2f | %s | %,d | %,d | %,d |%n",
        measured.work().title(),
        engine,
        all * 1e9 / took.time().toNanos(),
        cpu,
        heap == 0 ? "1" : Double.isNaN(heap) ? "–" : String.format(Locale.ROOT, "%.2f", cpu / heap),
        Committed.rows(kafka.clientConfig(), to),
        took.mostBytes() >> 20,
        (took.mostBytes() - took.idleBytes()) / measured.keys());
    return cpu;
  }

  private String output() {
    String topic = "bench.stateful.out" + ++outputs;
    kafka.createTopic(topic, Load.PARTITIONS);
    return topic;
  }

  private void write(Topics topics, long number, int keys) {
    for (String topic : List.of(topics.e(), topics.f())) {
      kafka.createTopic(topic, Load.PARTITIONS);
      kafka.createTopic(topic + ".plain", Load.PARTITIONS);
      Load.write(kafka.clientConfig(), schemas, topic, number, keys);
    }
  }
}
