package io.millrace.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.service.bus.Outbound;
import io.millrace.testing.TestKafka;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DeadLetterRoutesTest {

  private static final String PATH = "/api/v1/dead-letters";
  private static final String APPLICATION = "default.lossy";

  private final Control control = Control.shared();

  @Test
  void deadLettersAreListedOnceAndReplayedCorrected() throws Exception {
    control.post("/api/v1/applications", Map.of("script", Scripts.chain("lossy")));
    assertThat(control.get(PATH + "?application=" + APPLICATION).body().path("items")).isEmpty();
    TestKafka.shared().createTopic(Topics.deadLetters(APPLICATION), 1);
    TestKafka.shared().createTopic(Topics.replays(APPLICATION), 1);
    try (KafkaProducer<String, byte[]> producer = FakeConnectors.producer()) {
      for (int i = 0; i < 5; i++) {
        DeadLetter letter = letter(i);
        for (int copy = 0; copy < 2; copy++) {
          producer.send(
              new ProducerRecord<>(
                  Topics.deadLetters(APPLICATION), letter.getId(), Outbound.encode(letter)));
        }
      }
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() ->
            control.get(PATH + "?application=" + APPLICATION).body().path("items").size() == 5);
    JsonNode page = control.get(PATH + "?application=" + APPLICATION + "&limit=3").body();
    assertThat(page.path("items").path(0).path("id").asString()).isEqualTo("evens/topic-0-4");
    assertThat(page.path("items").path(0).path("text").asString()).isEqualTo("line 4");
    JsonNode rest =
        control
            .get(
                PATH
                    + "?application="
                    + APPLICATION
                    + "&limit=3&cursor="
                    + page.path("nextCursor").asString())
            .body();
    assertThat(rest.path("items")).hasSize(2);
    assertThat(rest.path("items").path(1).path("id").asString()).isEqualTo("evens/topic-0-0");

    Control.Answer corrected =
        control.post(
            PATH + "/replay",
            Map.of(
                "application",
                APPLICATION,
                "ids",
                List.of("evens/topic-0-2"),
                "original",
                Base64.getEncoder().encodeToString("better".getBytes(StandardCharsets.UTF_8))));
    assertThat(corrected.status()).isEqualTo(202);
    assertThat(corrected.body().path("count").asInt()).isEqualTo(1);
    assertThat(
            control
                .post(PATH + "/replay", Map.of("application", APPLICATION, "all", true))
                .body()
                .path("count")
                .asInt())
        .as("all that were not replayed yet")
        .isEqualTo(4);
    List<DeadLetter> replays = replays(5);
    assertThat(control.get(PATH + "?application=" + APPLICATION).body().path("items")).isEmpty();
    JsonNode everyOne = control.get(PATH + "?replayed=true&application=" + APPLICATION).body();
    assertThat(everyOne.path("items")).hasSize(5);
    assertThat(everyOne.path("items").path(0).path("replayedAt").asLong()).isPositive();
    assertThat(replays.getFirst().getId()).isEqualTo("evens/topic-0-2");
    assertThat(
            StandardCharsets.UTF_8.decode(replays.getFirst().getOriginal().duplicate()).toString())
        .isEqualTo("better");
    assertThat(control.get("/api/v1/audit?target=" + APPLICATION).body().toString())
        .contains("dead-letters.replay");
  }

  @Test
  void mistakesAreExplained() {
    control.post("/api/v1/applications", Map.of("script", Scripts.chain("clean")));
    assertThat(control.get(PATH + "?application=default.nowhere").code())
        .isEqualTo("APPLICATION_NOT_FOUND");
    assertThat(control.get(PATH).status()).isEqualTo(400);
    assertThat(control.post(PATH + "/replay", Map.of("application", "default.clean")).code())
        .isEqualTo("WHICH_DEAD_LETTERS");
    assertThat(
            control
                .post(
                    PATH + "/replay",
                    Map.of("application", "default.clean", "ids", List.of("none")))
                .code())
        .isEqualTo("DEAD_LETTER_NOT_FOUND");
    assertThat(
            control
                .send(
                    "POST",
                    PATH + "/replay",
                    Map.of("application", "default.clean", "all", true),
                    "VIEWER",
                    Map.of())
                .status())
        .isEqualTo(403);
  }

  private static DeadLetter letter(int number) {
    return DeadLetter.newBuilder()
        .setId("evens/topic-0-" + number)
        .setApplication(APPLICATION)
        .setComponent("evens")
        .setService("enrichment")
        .setCode("VALUE_OUT_OF_RANGE")
        .setReason("the value does not fit")
        .setOccurredAt(1_000 + number)
        .setOriginal(ByteBuffer.wrap(("line " + number).getBytes(StandardCharsets.UTF_8)))
        .setText("line " + number)
        .build();
  }

  private static List<DeadLetter> replays(int count) throws Exception {
    List<DeadLetter> letters = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            new HashMap<String, Object>(TestKafka.shared().clientConfig()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition(Topics.replays(APPLICATION), 0)));
      consumer.seekToBeginning(consumer.assignment());
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> {
            consumer
                .poll(Duration.ofMillis(100))
                .forEach(r -> {
                  try {
                    letters.add(DeadLetter.fromByteBuffer(ByteBuffer.wrap(r.value())));
                  } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
            return letters.size() >= count;
          });
    }
    return letters;
  }
}
