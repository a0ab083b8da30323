package io.millrace.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.ConnectWorker;
import io.millrace.connect.ConnectorReconciler;
import io.millrace.connect.PlanConnectors;
import io.millrace.connect.WorkerSettings;
import io.millrace.connector.AllowedDirectories;
import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.file.sink.FileSinkProvider;
import io.millrace.connector.file.source.FileSourceProvider;
import io.millrace.connector.task.DeadLetters;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import io.millrace.testing.TestKafka;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From files through a topic to files, on real workers and a real broker, restarted between. */
class FileOnConnectTest {

  private static final String APPLICATION = "default.copying";
  private static final String TOPIC = APPLICATION + ".lines";
  private static final RowType COLUMNS =
      RowType.of(Field.required("id", DataType.INT), Field.nullable("name", DataType.STRING));

  private final TestKafka kafka = TestKafka.shared();
  @TempDir Path directory;

  @Test
  void linesBecomeRowsOnceAndBadOnesAreReplayed() throws Exception {
    System.setProperty(AllowedDirectories.PROPERTY, directory.toString());
    Files.createDirectories(directory.resolve("in"));
    kafka.createTopic(TOPIC, 3);
    kafka.createTopic(Topics.deadLetters(APPLICATION), 1);
    kafka.createTopic(Topics.replays(APPLICATION), 1);
    append(0, 500);
    append("x,bad\n");
    try (Node in = new Node("files-in", new FileSourceProvider());
        Node out = new Node("files-out", new FileSinkProvider())) {
      in.run();
      out.run();
      await("the first rows", () -> ids().size() == 500);
      append(500, 500);
      await("the rows that came later", () -> ids().size() == 1000);
      await("a dead letter", () -> letters().size() == 1);
    }
    append(1000, 500);
    try (Node in = new Node("files-in", new FileSourceProvider());
        Node out = new Node("files-out", new FileSinkProvider())) {
      in.run();
      out.run();
      await("the rows after a restart", () -> ids().size() == 1500);
      DeadLetter letter = letters().getFirst();
      assertThat(letter.getLocation()).endsWith("lines.csv:501");
      replay(
          DeadLetter.newBuilder(letter)
              .setOriginal(ByteBuffer.wrap("9999,good".getBytes(StandardCharsets.UTF_8)))
              .build());
      await("the replayed row", () -> ids().size() == 1501);
      assertThat(ids()).doesNotHaveDuplicates().contains("9999");
    }
  }

  private final class Node implements AutoCloseable {
    final ConnectWorker worker;
    final ConnectorReconciler reconciler;

    Node(String service, ConnectorProvider provider) {
      worker =
          ConnectWorker.start(
              new WorkerSettings(
                  service,
                  kafka.clientConfig(),
                  "127.0.0.1",
                  0,
                  true,
                  "",
                  secret -> secret,
                  Map.of("scheduled.rebalance.max.delay.ms", "0")));
      reconciler =
          new ConnectorReconciler(
              worker, new PlanConnectors(service, List.of(provider), kafka.clientConfig()));
    }

    void run() {
      reconciler.plans(List.of(plan()));
    }

    @Override
    public void close() {
      reconciler.close();
      worker.close();
    }
  }

  private static Plan plan() {
    StreamDefinition stream =
        StreamDefinition.newBuilder()
            .setName("lines")
            .setTopic(TOPIC)
            .setRowSchema(AvroTypes.toAvro(COLUMNS, TOPIC).toString())
            .setKind(StreamKind.EVENTS)
            .setPartitionBy(List.of("id"))
            .setPartitions(3)
            .build();
    Component source =
        component("lines", ComponentKind.SOURCE, Map.of("directory", "in", "pattern", "*.csv"))
            .setOutputs(List.of("lines"))
            .build();
    Component sink =
        component("copies", ComponentKind.SINK, Map.of("directory", "out", "roll_rows", "100"))
            .setInputs(List.of("lines"))
            .build();
    return Plan.newBuilder()
        .setApplication(APPLICATION)
        .setRevision(1)
        .setDesired(DesiredState.RUNNING)
        .setStreams(List.of(stream))
        .setComponents(List.of(source, sink))
        .build();
  }

  private static Component.Builder component(
      String name, ComponentKind kind, Map<String, String> options) {
    return Component.newBuilder()
        .setName(name)
        .setKind(kind)
        .setService(kind == ComponentKind.SOURCE ? "files-in" : "files-out")
        .setFingerprint("1")
        .setConnector("file")
        .setOptions(new HashMap<>(options));
  }

  private void append(int from, int count) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int id = from; id < from + count; id++) {
      text.append(id).append(",name ").append(id).append('\n');
    }
    append(text.toString());
  }

  private void append(String text) throws IOException {
    Files.writeString(
        directory.resolve("in/lines.csv"),
        text,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private List<String> ids() throws IOException {
    if (!Files.isDirectory(directory.resolve("out"))) {
      return List.of();
    }
    List<String> ids = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> listed = Files.list(directory.resolve("out"))) {
      files = listed.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      try {
        Files.readAllLines(file).stream().skip(1).forEach(line -> ids.add(line.split(",")[0]));
      } catch (NoSuchFileException e) {
        // published under another name since it was listed: the next look finds it there
      }
    }
    return ids;
  }

  private List<DeadLetter> letters() {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put("isolation.level", "read_committed");
    List<DeadLetter> letters = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(Topics.deadLetters(APPLICATION), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(r -> letters.add(DeadLetters.read(r.value())));
      }
    }
    return letters;
  }

  private void replay(DeadLetter letter) throws Exception {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  Topics.replays(APPLICATION), DeadLetters.key(letter), DeadLetters.value(letter)))
          .get();
    }
  }

  private static void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waiting for " + what).isLessThan(deadline);
      LockSupport.parkNanos(50_000_000);
    }
  }
}
