package io.millrace.control;

import static org.awaitility.Awaitility.await;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.ColumnsRule;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.Direction;
import io.millrace.schemas.control.OptionDescriptor;
import io.millrace.schemas.control.OptionType;
import io.millrace.service.bus.Outbound;
import io.millrace.testing.TestKafka;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Announces connectors as services do. */
final class FakeConnectors {

  private FakeConnectors() {}

  static void announce(Control control) {
    List<ConnectorDescriptor> all =
        List.of(
            connector("numbers", Direction.SOURCE, "ingestion", false, ColumnsRule.REQUIRED),
            connector("shop-cdc", Direction.SOURCE, "ingestion", true, ColumnsRule.NONE),
            connector("file", Direction.SOURCE, "ingestion", false, ColumnsRule.OPTIONAL),
            connector("file", Direction.SINK, "delivery", false, ColumnsRule.NONE));
    try (KafkaProducer<String, byte[]> producer = producer()) {
      for (ConnectorDescriptor one : all) {
        producer.send(
            new ProducerRecord<>(
                Topics.CONNECTORS, one.getDirection() + "/" + one.getType(), Outbound.encode(one)));
      }
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> control.get("/api/v1/connectors").body().path("items").size() >= all.size());
  }

  static KafkaProducer<String, byte[]> producer() {
    return new KafkaProducer<>(
        new HashMap<>(TestKafka.shared().clientConfig()),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  private static ConnectorDescriptor connector(
      String type, Direction direction, String service, boolean tables, ColumnsRule columns) {
    return new ConnectorDescriptor(
        type,
        direction,
        service,
        type,
        "The connector " + type,
        tables,
        columns,
        "exactly-once",
        List.of(
            option("directory", OptionType.STRING),
            option("format", OptionType.STRING),
            option("rate", OptionType.DOUBLE),
            option("password", OptionType.SECRET),
            option("tables", OptionType.LIST)));
  }

  private static OptionDescriptor option(String name, OptionType type) {
    return OptionDescriptor.newBuilder()
        .setName(name)
        .setType(type)
        .setDocumentation("The " + name)
        .build();
  }
}
