package io.millrace.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.testing.TestKafka;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop on a real broker: what it commits is what came in, once, whatever happens meanwhile. */
@Timeout(120)
class TaskLoopTest {

  private static final AtomicInteger APPLICATIONS = new AtomicInteger();

  private final String application = "test.loop" + APPLICATIONS.incrementAndGet();
  private final List<TaskLoop> loops = new ArrayList<>();
  private TestKafka kafka = TestKafka.shared();
  private Topic in;
  private Topic out;

  @AfterEach
  void stop() {
    loops.forEach(TaskLoop::close);
  }

  @Test
  void copiesEveryEventOnceAndInOrder() {
    topics(4);
    in.write(0, 50_000);
    TaskLoop loop = start("a", copy());
    await(() -> loop.status().eventsOut() == 50_000);
    in.write(50_000, 60_000);
    await(() -> loop.status().eventsOut() == 60_000);

    assertOnceAndInOrder(60_000);
    LoopStatus status = loop.status();
    assertThat(status.state()).isEqualTo(ComponentState.RUNNING);
    assertThat(status.eventsIn()).isEqualTo(60_000);
    assertThat(status.tasks()).containsExactly(0, 1, 2, 3);
    assertThat(status.latencyP50Millis()).isNotNull();
    await(() -> loop.status().lag() == 0);
  }

  @Test
  void goesOnAfterAStop() {
    topics(2);
    in.write(0, 1000);
    TaskLoop first = start("a", copy());
    await(() -> first.status().eventsOut() == 1000);
    first.close();
    assertThat(first.status().state()).isEqualTo(ComponentState.STOPPED);
    in.write(1000, 2000);
    TaskLoop second = start("a", copy());
    await(() -> second.status().eventsOut() == 1000);
    assertOnceAndInOrder(2000);
  }

  @Test
  void losesAndDoublesNothingWhenProcessingFailsNowAndThen() {
    topics(4);
    in.write(0, 20_000);
    AtomicInteger calls = new AtomicInteger();
    TaskLoop loop =
        start(
            "a",
            config -> config.withMaxBatch(500),
            (batches, output) -> {
              copyAll(batches, output);
              if (calls.incrementAndGet() % 17 == 0 && calls.get() < 100) {
                throw new IllegalStateException("thrown by the test");
              }
            });
    await(() -> loop.status().eventsOut() == 20_000);
    assertOnceAndInOrder(20_000);
  }

  @Test
  void losesAndDoublesNothingWhenItsProducerIsFenced() {
    topics(4);
    TaskLoop loop = start("a", config -> config.withMaxBatch(200), TaskLoopTest::copyAll);
    for (int round = 0; round < 3; round++) {
      in.write(round * 10_000, (round + 1) * 10_000);
      long before = loop.status().eventsOut();
      await(() -> loop.status().eventsOut() > before);
      fence(loop);
    }
    await(() -> out.values().size() >= 30_000);
    assertOnceAndInOrder(30_000);
  }

  @Test
  void losesAndDoublesNothingWhenTheBrokerIsRestarted() {
    kafka = TestKafka.create(Map.of());
    try {
      topics(4);
      TaskLoop loop = start("a", config -> config.withMaxBatch(200), TaskLoopTest::copyAll);
      in.write(0, 40_000);
      await(() -> loop.status().eventsOut() > 1000);
      kafka.stop();
      kafka.start();
      in.write(40_000, 50_000);
      await(() -> loop.status().lag() == 0 && loop.status().lastEventTime() != null);
      await(() -> out.values().size() >= 50_000);
      assertOnceAndInOrder(50_000);
      loop.close();
    } finally {
      kafka.close();
    }
  }

  @Test
  void sharesItsTasksAndLosesAndDoublesNothingWhenInstancesComeAndGo() {
    topics(6);
    in.write(0, 30_000);
    TaskLoop a = start("a", config -> config.withMaxBatch(300), TaskLoopTest::copyAll);
    await(() -> a.status().eventsOut() > 0);
    TaskLoop b = start("b", config -> config.withMaxBatch(300), TaskLoopTest::copyAll);
    await(() -> a.status().tasks().size() == 3 && b.status().tasks().size() == 3);
    in.write(30_000, 60_000);
    await(() -> b.status().eventsOut() > 0);
    a.close();
    await(() -> b.status().tasks().size() == 6);
    in.write(60_000, 61_000);
    await(() -> out.values().size() >= 61_000);
    assertOnceAndInOrder(61_000);
  }

  @Test
  void putsWhatCannotBeProcessedWithTheDeadLettersAndReplaysIt() throws Exception {
    topics(2);
    in.write(0, 1000);
    AtomicBoolean fixed = new AtomicBoolean();
    TaskLoop loop =
        start(
            "a",
            (batches, output) -> {
              for (InputBatch batch : batches) {
                for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
                  if (Topic.text(record.value()).endsWith("13") && !fixed.get()) {
                    output.reject(record, "UNLUCKY", "13 brings bad luck", "thirteen");
                  } else {
                    output.emit(
                        record, out.name(), record.key(), record.value(), record.timestamp());
                  }
                }
              }
            });
    await(() -> loop.status().eventsIn() == 1000);
    assertThat(loop.status().deadLetters()).isEqualTo(10);
    assertThat(out.values()).hasSize(990);
    Topic deadLetters = new Topic(kafka, Topics.deadLetters(application), 1);
    List<DeadLetter> letters = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : deadLetters.read().get(0)) {
      letters.add(DeadLetter.fromByteBuffer(ByteBuffer.wrap(record.value())));
    }
    assertThat(letters).hasSize(10);
    DeadLetter one = letters.getFirst();
    assertThat(one.getId())
        .isEqualTo("copy/%s-%d-%d".formatted(in.name(), one.getPartition(), one.getOffset()));
    assertThat(one.getCode()).isEqualTo("UNLUCKY");
    assertThat(one.getText()).isEqualTo("thirteen");
    assertThat(one.getStream()).isEqualTo(in.name());

    replay(letters.get(0));
    await(() -> loop.status().deadLetters() == 11);
    fixed.set(true);
    for (DeadLetter letter : letters) {
      replay(letter);
    }
    await(() -> loop.status().eventsOut() == 1000);
    assertThat(new HashSet<>(out.values())).hasSize(1000);
    DeadLetter again =
        DeadLetter.fromByteBuffer(ByteBuffer.wrap(deadLetters.read().get(0).getLast().value()));
    assertThat(again.getReplayOf()).isEqualTo(letters.get(0).getId());
    assertThat(again.getId()).isNotEqualTo(letters.get(0).getId());
  }

  @Test
  void stopsAtTheFirstErrorWhenTheApplicationAsksForIt() {
    topics(1);
    in.write(0, 10);
    TaskLoop loop =
        start(
            "a",
            config -> config.withOnError(LoopConfig.OnError.STOP),
            (batches, output) ->
                output.reject(batches.getFirst().records().getFirst(), "BAD", "it is bad", null));
    await(() -> loop.status().state() == ComponentState.FAILED);
    assertThat(loop.status().errorCode()).isEqualTo("BAD");
    assertThat(loop.status().error()).contains("it is bad").contains("offset 0");
  }

  @Test
  void waitsInTheGroupForWhatIsAwayAndGoesOn() {
    topics(2);
    in.write(0, 1000);
    AtomicBoolean away = new AtomicBoolean(true);
    TaskLoop loop =
        start(
            "a",
            (batches, output) -> {
              copyAll(batches, output);
              if (away.get()) {
                throw TryAgainException.failed("REDIS_AWAY", "Redis is away");
              }
            });
    await(() -> loop.status().state() == ComponentState.RESTARTING);
    assertThat(loop.status().errorCode()).isEqualTo("REDIS_AWAY");
    assertThat(out.values()).isEmpty();
    away.set(false);
    await(() -> loop.status().eventsOut() == 1000);
    await(() -> loop.status().state() == ComponentState.RUNNING);
    assertThat(loop.status().error()).isNull();
    assertOnceAndInOrder(1000);
  }

  @Test
  void drainsToTheEndAndStops() {
    topics(3);
    in.write(0, 30_000);
    TaskLoop loop = start("a", config -> config.withMaxBatch(1000), TaskLoopTest::copyAll);
    loop.drain();
    await(() -> loop.status().state() == ComponentState.STOPPED);
    assertOnceAndInOrder(30_000);
    assertThat(loop.status().lag()).isZero();
  }

  @Test
  void startsAtTheEndWhereAskedAndKeepsThatPosition() {
    topics(1);
    in.write(0, 100);
    UnaryOperator<LoopConfig> latest = c -> c.withStartFrom(LoopConfig.StartFrom.LATEST);
    TaskLoop first = start("a", latest, TaskLoopTest::copyAll);
    await(() -> first.status().state() == ComponentState.RUNNING);
    first.close();
    in.write(100, 200);
    TaskLoop second = start("a", latest, TaskLoopTest::copyAll);
    await(() -> second.status().eventsOut() == 100);
    assertThat(out.values()).hasSize(100).contains("100").doesNotContain("99");
  }

  @Test
  void losesNothingAtLeastOnce() {
    topics(4);
    in.write(0, 20_000);
    AtomicInteger calls = new AtomicInteger();
    UnaryOperator<LoopConfig> plain =
        c -> c.withDelivery(LoopConfig.Delivery.AT_LEAST_ONCE).withMaxBatch(500);
    TaskLoop loop =
        start(
            "a",
            plain,
            (batches, output) -> {
              copyAll(batches, output);
              if (calls.incrementAndGet() == 20) {
                throw new IllegalStateException("thrown by the test");
              }
            });
    await(() -> new HashSet<>(out.values()).size() == 20_000);
    loop.close();
    TaskLoop second = start("a", plain, TaskLoopTest::copyAll);
    in.write(20_000, 20_010);
    await(() -> second.status().eventsOut() == 10);
  }

  @Test
  void anEventThatIsTooLargeBecomesADeadLetter() {
    topics(1);
    in.write(0, 3);
    TaskLoop loop =
        start(
            "a",
            (batches, output) -> {
              for (ConsumerRecord<byte[], byte[]> record : batches.getFirst().records()) {
                boolean second = Topic.text(record.value()).equals("1");
                output.emit(
                    record,
                    out.name(),
                    record.key(),
                    second ? new byte[2_000_000] : record.value(),
                    record.timestamp());
              }
            });
    await(() -> loop.status().eventsIn() == 3);
    assertThat(loop.status().deadLetters()).isEqualTo(1);
    assertThat(out.values()).containsExactly("0", "2");
  }

  private void topics(int partitions) {
    in = Topic.create(kafka, application + ".in", partitions);
    out = Topic.create(kafka, application + ".out", partitions);
  }

  private interface Process {
    void process(List<InputBatch> batches, TaskOutput output);
  }

  private static Process copy() {
    return TaskLoopTest::copyAll;
  }

  private TaskLoop start(String instance, Process process) {
    return start(instance, config -> config, process);
  }

  private TaskLoop start(String instance, UnaryOperator<LoopConfig> change, Process process) {
    LoopConfig config =
        LoopConfig.of(
            application,
            "enrichment",
            "copy",
            instance,
            kafka.clientConfig(),
            List.of(new LoopInput("in", in.name())),
            List.of(new LoopInput("out", out.name())));
    TaskLoop loop = new TaskLoop(change.apply(config), task -> process::process);
    loops.add(loop);
    loop.start();
    return loop;
  }

  private static void copyAll(List<InputBatch> batches, TaskOutput output) {
    for (InputBatch batch : batches) {
      String target = batch.input().topic().replace(".in", ".out");
      for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
        output.emit(record, target, record.key(), record.value(), record.timestamp());
      }
    }
  }

  private void assertOnceAndInOrder(int count) {
    Map<String, Integer> last = new HashMap<>();
    int total = 0;
    for (List<ConsumerRecord<byte[], byte[]>> records : out.read().values()) {
      for (ConsumerRecord<byte[], byte[]> record : records) {
        int number = Integer.parseInt(Topic.text(record.value()));
        Integer before = last.put(Topic.text(record.key()), number);
        assertThat(before == null ? number % 100 : before + 100).isEqualTo(number);
        total++;
      }
    }
    assertThat(total).isEqualTo(count);
  }

  /** Does what another process with the same instance name would do when it starts. */
  private void fence(TaskLoop loop) {
    Map<String, Object> config = new HashMap<>(kafka.clientConfig());
    config.put("transactional.id", loop.config().transactionalId());
    config.put("key.serializer", ByteArraySerializer.class);
    config.put("value.serializer", ByteArraySerializer.class);
    try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config)) {
      producer.initTransactions();
    }
  }

  private void replay(DeadLetter letter) {
    try (KafkaProducer<byte[], byte[]> producer = in.producer()) {
      producer.send(
          new ProducerRecord<>(Topics.replays(application), null, DeadLetters.bytes(letter)));
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within 60 s");
      }
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }
}
