package io.millrace.connector.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.connector.ComponentContext;
import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.task.DeadLetters;
import io.millrace.connector.task.TaskPlatform;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.schemas.control.Direction;
import io.millrace.schemas.event.EventDecoder;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every source of ours holds. A connector's test inherits it and says how to feed it. */
public abstract class SourceContract {

  private static final long SEED = 20261123;

  protected final MemoryPlatform platform = new MemoryPlatform();
  private final List<SourceHarness> harnesses = new ArrayList<>();

  /** The connector under test. */
  protected abstract ConnectorProvider provider();

  /** A task of the connector's task class on this platform. */
  protected abstract SourceTask newTask(TaskPlatform.Factory platform);

  /** The declared columns; the first one identifies an event. */
  protected abstract RowType columns();

  /** Options under which what {@link #produce} prepares is read. */
  protected abstract Map<String, String> options();

  /**
   * Makes so many more events available, spread over so many splits (files, tables, partitions),
   * and returns what their first columns will be.
   */
  protected abstract List<Object> produce(int splits, int events);

  /** Makes something available that cannot be parsed; false if the source cannot have that. */
  protected boolean producePoison() {
    return false;
  }

  /** Whether {@link #produce} may be called again while the source runs. */
  protected boolean grows() {
    return true;
  }

  /** Options that cannot work (host that does not answer, missing path); null if there are none. */
  protected Map<String, String> unreachableOptions() {
    return null;
  }

  @Test
  protected void describesEveryOption() {
    Descriptors.check(provider(), Direction.SOURCE);
  }

  @Test
  protected void itsTaskIsTheConnectorsTask() {
    SourceConnector connector = connector(config(options()));
    assertThat(newTask(platform)).isInstanceOf(connector.taskClass());
    assertThat(connector.version()).isNotBlank();
  }

  @Test
  protected void promisesExactlyOnceAsItsDescriptorSays() {
    Map<String, String> config = config(options());
    boolean exactly = provider().descriptor().getGuarantee().startsWith("exactly-once");
    assertThat(connector(config).exactlyOnceSupport(config) == ExactlyOnceSupport.SUPPORTED)
        .isEqualTo(exactly);
  }

  @Test
  protected void checkFindsNothingWrongWithGoodOptions() {
    produce(1, 3);
    assertThat(provider().check(options())).isEmpty();
  }

  @Test
  protected void checkSaysWhatIsWrongWhenTheSourceCannotBeReached() {
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
  protected void readsOneSplit() {
    List<Object> expected = produce(1, 500);
    SourceHarness harness = harness().start(1);
    harness.runUntil("one split", () -> ids(harness).size() >= expected.size());
    drain(harness);
    assertThat(ids(harness)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  protected void readsManySplitsWithManyTasks() {
    List<Object> expected = produce(7, 700);
    SourceHarness harness = harness().start(3);
    harness.runUntil("many splits", () -> ids(harness).size() >= expected.size());
    drain(harness);
    assertThat(ids(harness)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  protected void everyEventOnceThroughCrashesAtRandomPoints() {
    List<Object> expected = new ArrayList<>(produce(3, 2000));
    Random random = new Random(SEED);
    SourceHarness harness = harness().start(1);
    harness.runAndCrashUntil(
        "events after crashes", random, 1, () -> ids(harness).size() >= expected.size());
    if (grows()) {
      expected.addAll(produce(3, 500));
      harness.runAndCrashUntil(
          "more events after crashes", random, 1, () -> ids(harness).size() >= expected.size());
    }
    drain(harness);
    assertThat(ids(harness)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  protected void everyEventOnceWhileScaledUpAndDown() {
    List<Object> expected = new ArrayList<>(produce(5, 2000));
    Random random = new Random(SEED + 1);
    SourceHarness harness = harness().start(2);
    harness.runAndCrashUntil(
        "events while scaled", random, 4, () -> ids(harness).size() >= expected.size());
    harness.stop();
    if (grows()) {
      expected.addAll(produce(5, 200));
    }
    harness.start(3);
    harness.runUntil("events after scaling", () -> ids(harness).size() >= expected.size());
    drain(harness);
    assertThat(ids(harness)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  protected void goesOnAfterACleanStop() {
    assumeThat(grows()).isTrue();
    List<Object> expected = new ArrayList<>(produce(2, 100));
    SourceHarness harness = harness().start(1);
    harness.runUntil("the first events", () -> ids(harness).size() >= expected.size());
    harness.stop();
    expected.addAll(produce(2, 100));
    harness.start(1);
    harness.runUntil("events after a stop", () -> ids(harness).size() >= expected.size());
    drain(harness);
    assertThat(ids(harness)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  protected void poisonGoesToTheDeadLettersAndTheFlowGoesOn() {
    List<Object> expected = new ArrayList<>(produce(1, 50));
    assumeThat(producePoison()).isTrue();
    expected.addAll(produce(1, 50));
    SourceHarness harness = harness().start(1);
    harness.runUntil(
        "events around poison",
        () -> ids(harness).size() >= expected.size() && !letters(harness).isEmpty());
    drain(harness);
    assertThat(ids(harness)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(letters(harness))
        .hasSize(1)
        .allSatisfy(letter -> {
          assertThat(letter.getApplication()).isEqualTo(Plans.APPLICATION);
          assertThat(letter.getComponent()).isEqualTo("events");
          assertThat(letter.getReason()).isNotBlank();
          assertThat(letter.getLocation()).isNotBlank();
          assertThat(letter.getOriginal()).isNotNull();
        });
  }

  /** Polls a few times more, to let what must not come come. */
  protected void drain(SourceHarness harness) {
    for (int i = 0; i < 3; i++) {
      harness.poll();
      harness.commit();
    }
  }

  /** A harness around the connector with the default options; closed after the test. */
  protected SourceHarness harness() {
    return harness(options());
  }

  protected SourceHarness harness(Map<String, String> options) {
    Map<String, String> config = config(options);
    SourceHarness harness =
        new SourceHarness(() -> connector(config), () -> newTask(platform), config);
    harnesses.add(harness);
    return harness;
  }

  /** The plan that {@link #config} is made of; to be overridden for keys and timestamps. */
  protected ComponentContext context(Map<String, String> options) {
    return Plans.source(
        provider().descriptor().getType(),
        options,
        Plans.stream("events", columns(), List.of(), null));
  }

  protected Map<String, String> config(Map<String, String> options) {
    return provider().connectConfig(context(options));
  }

  private static SourceConnector connector(Map<String, String> config) {
    try {
      return (SourceConnector)
          Class.forName(config.get("connector.class")).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("connector.class cannot be made", e);
    }
  }

  /** The topic of the stream that the contract's plan writes. */
  protected String topic() {
    return Plans.APPLICATION + ".events";
  }

  /** The committed events, decoded. */
  protected List<Object[]> rows(SourceHarness harness) {
    EventDecoder decoder = new EventDecoder(columns(), platform.schemas());
    return harness.committed(topic()).stream()
        .map(r -> decoder.decode((byte[]) r.value()))
        .toList();
  }

  private List<Object> ids(SourceHarness harness) {
    return rows(harness).stream().map(row -> row[0]).toList();
  }

  /** The committed dead letters. */
  protected List<DeadLetter> letters(SourceHarness harness) {
    return harness.committed(Topics.deadLetters(Plans.APPLICATION)).stream()
        .map((SourceRecord r) -> DeadLetters.read((byte[]) r.value()))
        .toList();
  }

  /** What the connector says of itself. */
  protected ConnectorDescriptor descriptor() {
    return provider().descriptor();
  }

  @AfterEach
  final void closeHarnesses() {
    harnesses.forEach(SourceHarness::close);
  }
}
