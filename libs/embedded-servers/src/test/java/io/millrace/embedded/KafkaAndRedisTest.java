package io.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaAndRedisTest {

  @TempDir Path directory;

  @Test
  void kafkaKeepsItsTopicsAcrossARestart() throws Exception {
    int port = FreePorts.any();
    int controllerPort = FreePorts.any();
    try (KafkaServer kafka = KafkaServer.start(directory, port, controllerPort)) {
      Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
      try (Admin admin = Admin.create(client);
          KafkaProducer<String, String> producer =
              new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
        admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1))).all().get();
        producer.send(new ProducerRecord<>("kept", "key", "value")).get();
      }
    }
    try (KafkaServer kafka = KafkaServer.start(directory, port, controllerPort);
        KafkaConsumer<String, String> consumer =
            new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
      List<TopicPartition> partitions = List.of(new TopicPartition("kept", 0));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      assertThat(consumer.poll(Duration.ofSeconds(30)))
          .singleElement()
          .satisfies(record -> assertThat(record.value()).isEqualTo("value"));
    }
  }

  @Test
  void redisKeepsWhatItAppendedAndReplacesOneLeftBehind() throws Exception {
    int port = FreePorts.any();
    RedisServer left = RedisServer.start(directory, port);
    assertThat(ask(port, "SET a 42")).isEqualTo("+OK");
    try (RedisServer again = RedisServer.start(directory, port)) {
      assertThat(left.alive()).isFalse();
      assertThat(again.alive()).isTrue();
      assertThat(ask(port, "GET a")).isEqualTo("$2\r\n42");
    }
  }

  private static String ask(int port, String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      return answer.substring(0, answer.length() - "\r\n+OK".length());
    }
  }
}
