package io.millrace.query.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.bus.KafkaSchemaStore;
import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import io.millrace.service.problem.ServiceException;
import io.millrace.testing.TestKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StreamReadingTest {

  private static final RowType COLUMNS =
      RowType.of(Field.required("id", DataType.INT), Field.nullable("name", DataType.STRING));

  private static Map<String, Object> client;
  private static KafkaSchemaStore schemas;
  private static EventEncoder encoder;

  @BeforeAll
  static void start() {
    client = new HashMap<>(TestKafka.shared().clientConfig());
    schemas = new KafkaSchemaStore(client);
    encoder = EventEncoder.announced(AvroTypes.toAvro(COLUMNS, "default.test.names"), schemas);
  }

  @AfterAll
  static void stop() {
    schemas.close();
  }

  /** Writes events 1 to n, each in a transaction of its own; every third one is aborted. */
  private static void write(String topic, int from, int to) {
    Map<String, Object> config = new HashMap<>(client);
    config.put("transactional.id", "writer-" + topic);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      for (int id = from; id <= to; id++) {
        producer.beginTransaction();
        byte[] event = encoder.encode(new Object[] {id, "n" + id});
        producer.send(new ProducerRecord<>(topic, id % 2, (long) id, null, event));
        if (id % 3 == 0) {
          // What was not sent yet would be dropped on an abort, and the topic lack aborted events.
          producer.flush();
          producer.abortTransaction();
        } else {
          producer.commitTransaction();
        }
      }
    }
  }

  private static List<String> values(List<StreamEvent> events) {
    return events.stream().map(StreamEvent::value).toList();
  }

  @Test
  void theLastEventsAreThoseThatWereCommitted() {
    TestKafka.shared().createTopic("recent", 2);
    write("recent", 1, 200);

    List<StreamEvent> events = new RecentEvents(client, schemas).last("recent", 4, RowFilter.ALL);

    assertThat(values(events))
        .containsExactly(
            "{\"id\":196,\"name\":\"n196\"}",
            "{\"id\":197,\"name\":\"n197\"}",
            "{\"id\":199,\"name\":\"n199\"}",
            "{\"id\":200,\"name\":\"n200\"}");
  }

  @Test
  void aConditionPicksEvents() {
    TestKafka.shared().createTopic("picked", 2);
    write("picked", 1, 50);

    List<StreamEvent> events =
        new RecentEvents(client, schemas)
            .last("picked", 10, Conditions.compile(COLUMNS, "id BETWEEN 4 AND 8 -- and a comment"));

    assertThat(values(events))
        .extracting(v -> v.replaceAll("\\D+n.*|\\D", ""))
        .containsExactly("4", "5", "7", "8");
  }

  @Test
  void aWrongConditionSaysWhatIsWrong() {
    assertThatThrownBy(() -> Conditions.compile(COLUMNS, "idd = 1"))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("there is no column idd. Did you mean id?");
    assertThatThrownBy(() -> Conditions.compile(COLUMNS, "1=1) UNION ALL SELECT (1"))
        .isInstanceOf(ServiceException.class);
  }

  @Test
  void whatCannotBeDecodedIsShownAsSuch() {
    TestKafka.shared().createTopic("garbage", 1);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>("garbage", new byte[] {1, 2, 3}));
    }

    List<StreamEvent> events = new RecentEvents(client, schemas).last("garbage", 10, RowFilter.ALL);

    assertThat(values(events)).singleElement().asString().contains("cannot be decoded");
  }

  @Test
  void whatHasNoValueIsNoEvent() {
    TestKafka.shared().createTopic("marked", 1);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>("marked", encoder.encode(new Object[] {1, "n1"})));
      for (int i = 0; i < 200; i++) {
        producer.send(new ProducerRecord<>("marked", null));
      }
    }

    List<StreamEvent> events = new RecentEvents(client, schemas).last("marked", 10, RowFilter.ALL);

    assertThat(values(events)).containsExactly("{\"id\":1,\"name\":\"n1\"}");
  }

  @Test
  void aLiveFeedHasWhatIsCommittedFromNowOn() throws InterruptedException {
    TestKafka.shared().createTopic("live", 2);
    write("live", 1, 5);
    List<StreamEvent> seen = new ArrayList<>();
    try (LiveFeed feed = LiveFeed.start(client, schemas, "live", RowFilter.ALL)) {
      write("live", 10, 14);
      while (seen.size() < 4) {
        List<StreamEvent> arrived = feed.take(Duration.ofSeconds(20));
        assertThat(arrived).isNotEmpty();
        seen.addAll(arrived);
      }
    }
    assertThat(seen).extracting(StreamEvent::timestamp).containsExactly(10L, 11L, 13L, 14L);
  }
}
