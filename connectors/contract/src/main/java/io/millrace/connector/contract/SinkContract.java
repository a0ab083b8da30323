package io.millrace.connector.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.task.TaskPlatform;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.schemas.control.Direction;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.event.EventEncoder;
import io.millrace.schemas.event.KeyEncoder;
import io.millrace.schemas.event.SchemaStore;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every sink of ours holds. A connector's test inherits it and says how to read its target.
 * The events have the columns {@link #COLUMNS}; ids count from 0.
 */
public abstract class SinkContract {

  /** What the contract's stream holds. */
  public static final RowType COLUMNS =
      RowType.of(
          Field.required("id", DataType.BIGINT),
          Field.nullable("name", DataType.STRING),
          Field.nullable("amount", DataType.decimal(10, 2)),
          Field.nullable("at", DataType.TIMESTAMP));

  private static final long SEED = 20261123;

  protected final MemoryPlatform platform = new MemoryPlatform();
  protected final StreamDefinition stream = Plans.stream("events", COLUMNS, List.of("id"), null);
  private EventEncoder encoder;
  private final KeyEncoder keys = new KeyEncoder(RowType.of(COLUMNS.field(0)));
  private final List<SinkHarness> harnesses = new ArrayList<>();
  private long nextId;

  /** The connector under test. */
  protected abstract ConnectorProvider provider();

  /** A task of the connector's task class on this platform. */
  protected abstract SinkTask newTask(TaskPlatform.Factory platform);

  /** Options of a sink that appends to a target which is empty at the beginning of each test. */
  protected abstract Map<String, String> options();

  /** The ids that a reader of the target sees, in any order, as often as they are there. */
  protected abstract List<Long> delivered();

  /** Options of a target that cannot be reached; null if there is no such thing. */
  protected Map<String, String> unreachableOptions() {
    return null;
  }

  /** Where the schemas of the events are announced: where the tasks look for them. */
  protected SchemaStore schemas() {
    return platform.schemas();
  }

  /** The dead letters that the tasks have written. */
  protected List<DeadLetter> letters() {
    return platform.letters();
  }

  /** False for a sink whose descriptor promises at-least-once only: duplicates are then allowed. */
  protected final boolean exactlyOnce() {
    return provider().descriptor().getGuarantee().startsWith("exactly-once");
  }

  @Test
  protected void describesEveryOption() {
    Descriptors.check(provider(), Direction.SINK);
  }

  @Test
  protected void itsTaskIsTheConnectorsTask() {
    SinkConnector connector = connector(config(options()));
    assertThat(newTask(platform)).isInstanceOf(connector.taskClass());
    assertThat(connector.version()).isNotBlank();
  }

  @Test
  protected void checkFindsNothingWrongWithGoodOptions() {
    assertThat(provider().check(options())).isEmpty();
  }

  @Test
  protected void checkSaysWhatIsWrongWhenTheTargetCannotBeReached() {
    assumeThat(unreachableOptions()).isNotNull();
    assertThat(provider().check(unreachableOptions()))
        .isNotEmpty()
        .allSatisfy(p -> assertThat(p.message()).isNotBlank())
        .allSatisfy(p -> assertThat(p.fix()).isNotBlank());
  }

  @Test
  protected void checkNamesAnUnknownOption() {
    Map<String, String> options = new HashMap<>(options());
    options.put("no_such_option", "1");
    assertThat(provider().check(options))
        .anySatisfy(p -> assertThat(p.option()).isEqualTo("no_such_option"));
  }

  @Test
  protected void failsClearlyWhenTheTargetCannotBeReached() {
    assumeThat(unreachableOptions()).isNotNull();
    SinkHarness harness = harness(unreachableOptions());
    produce(harness, 1, 10);
    assertThatThrownBy(
            () -> {
              harness.start(1);
              for (int i = 0; i < 100; i++) {
                harness.step();
              }
              throw new RetriableException("the target was asked again and again");
            })
        .isInstanceOf(ConnectException.class);
    assertThat(harness.committed(stream.getTopic(), 0)).isZero();
  }

  @Test
  protected void writesOnePartition() {
    SinkHarness harness = harness(options());
    produce(harness, 1, 500);
    harness.start(1).drain();
    assertDelivered();
    assertThat(harness.committed(stream.getTopic(), 0))
        .isEqualTo(harness.end(stream.getTopic(), 0));
  }

  @Test
  protected void writesManyPartitionsWithManyTasks() {
    SinkHarness harness = harness(options());
    produce(harness, 5, 1000);
    harness.start(3).drain();
    assertDelivered();
  }

  @Test
  protected void everyEventOnceThroughCrashesAtRandomPoints() {
    SinkHarness harness = harness(options());
    Random random = new Random(SEED);
    produce(harness, 3, 500);
    harness.start(1);
    for (int round = 0; round < 30; round++) {
      produce(harness, 3, 50);
      disturb(harness, random, 1, false);
    }
    harness.drain();
    assertDelivered();
  }

  @Test
  protected void everyEventOnceWhileScaledUpAndDownWithZombiesWritingLate() {
    SinkHarness harness = harness(options());
    Random random = new Random(SEED + 1);
    produce(harness, 4, 500);
    harness.start(2);
    for (int round = 0; round < 30; round++) {
      produce(harness, 4, 50);
      disturb(harness, random, 4, true);
    }
    harness.drain();
    if (exactlyOnce()) {
      harness.zombiesWriteLate();
    }
    assertDelivered();
  }

  private static void disturb(SinkHarness harness, Random random, int tasks, boolean zombies) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      harness.step();
    }
    switch (random.nextInt(4)) {
      case 0 -> {
        harness.crash();
        harness.start(1 + random.nextInt(tasks));
      }
      case 1 -> harness.rebalance(1 + random.nextInt(tasks));
      default -> harness.commit();
    }
    if (zombies) {
      harness.zombiesWriteLate();
    }
  }

  @Test
  protected void poisonGoesToTheDeadLettersAndTheFlowGoesOn() {
    SinkHarness harness = harness(options());
    produce(harness, 1, 20);
    harness.send(stream.getTopic(), 0, null, new byte[] {1, 2, 3}, 0);
    produce(harness, 1, 20);
    harness.start(1).drain();
    assertDelivered();
    assertThat(letters())
        .hasSize(1)
        .allSatisfy(letter -> {
          assertThat(letter.getApplication()).isEqualTo(Plans.APPLICATION);
          assertThat(letter.getComponent()).isEqualTo("events_sink");
          assertThat(letter.getStream()).isEqualTo(stream.getTopic());
          assertThat(letter.getPartition()).isZero();
          assertThat(letter.getOffset()).isNotNull();
          assertThat(letter.getReason()).isNotBlank();
          assertThat(letter.getOriginal().array()).containsExactly(1, 2, 3);
        });
  }

  /** Sends so many events, spread at random over so many partitions. */
  protected void produce(SinkHarness harness, int partitions, int events) {
    if (encoder == null) {
      encoder = EventEncoder.announced(AvroTypes.parse(stream.getRowSchema()), schemas());
    }
    Random random = new Random(nextId);
    for (int i = 0; i < events; i++) {
      long id = nextId++;
      Object[] row = {
        id,
        id % 7 == 0 ? null : "näme, \"" + id + "\"\n;",
        id % 5 == 0 ? null : BigDecimal.valueOf(id, 2),
        1_700_000_000_000_000L + id
      };
      harness.send(
          stream.getTopic(),
          i < partitions ? i : random.nextInt(partitions),
          keys.encode(new Object[] {id}),
          encoder.encode(row),
          1_700_000_000_000L);
    }
  }

  /** Every event that was sent so far is in the target, and once. */
  protected void assertDelivered() {
    List<Long> expected = LongStream.range(0, nextId).boxed().toList();
    List<Long> found = delivered();
    if (exactlyOnce()) {
      assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    } else {
      assertThat(found).containsAll(expected);
    }
  }

  /** A harness around the connector; closed after the test. */
  protected SinkHarness harness(Map<String, String> options) {
    Map<String, String> config = config(options);
    SinkHarness harness =
        new SinkHarness(() -> connector(config), () -> newTask(platform), config, SEED);
    harnesses.add(harness);
    return harness;
  }

  protected Map<String, String> config(Map<String, String> options) {
    return provider().connectConfig(Plans.sink(provider().descriptor().getType(), options, stream));
  }

  private static SinkConnector connector(Map<String, String> config) {
    try {
      return (SinkConnector)
          Class.forName(config.get("connector.class")).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("connector.class cannot be made", e);
    }
  }

  @AfterEach
  final void closeHarnesses() {
    harnesses.forEach(SinkHarness::close);
  }
}
