package io.millrace.control.deadletter;

import io.millrace.control.ControlError;
import io.millrace.control.audit.AuditLog;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.service.boot.KafkaSettings;
import io.millrace.service.bus.Outbound;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.stereotype.Component;

/** Has dead letters processed again by the components that could not. */
@Component
class DeadLetterReplay {

  private final KafkaSettings kafka;
  private final AuditLog audit;

  DeadLetterReplay(KafkaSettings kafka, AuditLog audit) {
    this.kafka = kafka;
    this.audit = audit;
  }

  /**
   * Puts dead letters on the application's replays; returns when all of them are there.
   *
   * @param corrected the value to process in the original's place; null for the original
   */
  void replay(String application, List<DeadLetter> letters, byte[] corrected) {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put("acks", "all");
    config.put("delivery.timeout.ms", 30_000);
    config.put("request.timeout.ms", 10_000);
    List<Future<?>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      // The task of a stateful query that it came from is the one that has the state of its key.
      String replays = Topics.replays(application);
      int partitions = producer.partitionsFor(replays).size();
      for (DeadLetter letter : letters) {
        DeadLetter again = corrected == null ? letter : correct(letter, corrected);
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    replays,
                    letter.getPartition() == null ? null : letter.getPartition() % partitions,
                    letter.getId().getBytes(StandardCharsets.UTF_8),
                    Outbound.encode(again))));
      }
      for (Future<?> one : sent) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ControlError.KAFKA_UNAVAILABLE.with("interrupted").because(e);
    } catch (ExecutionException e) {
      throw ControlError.KAFKA_UNAVAILABLE.with(e.getCause().getMessage()).because(e);
    }
    audit.note(
        "dead-letters.replay",
        application,
        letters.size() == 1
            ? letters.getFirst().getId() + (corrected == null ? "" : ", corrected")
            : letters.size() + " dead letters");
  }

  private static DeadLetter correct(DeadLetter letter, byte[] corrected) {
    return DeadLetter.newBuilder(letter)
        .setOriginal(ByteBuffer.wrap(corrected))
        .setText(null)
        .build();
  }
}
