package io.millrace.enrichment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.event.KeyEncoder;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import io.millrace.testing.TestKafka;
import io.millrace.testing.TestRedis;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queries as plans carry them, on a real broker. */
@Timeout(120)
class QueryTest {

  private static final RowType ORDER =
      RowType.of(
          Field.required("id", DataType.INT),
          Field.nullable("customer", DataType.STRING),
          Field.nullable("amount", DataType.INT),
          Field.nullable("placed", DataType.TIMESTAMP));
  private static final RowType LARGE =
      RowType.of(
          Field.required("id", DataType.INT),
          Field.nullable("customer", DataType.STRING),
          Field.nullable("share", DataType.INT),
          Field.nullable("placed", DataType.TIMESTAMP));
  private static final String SQL =
      "SELECT id, UPPER(customer) AS customer, 1000 / amount AS share, placed FROM orders"
          + " WHERE amount IS NULL OR amount < 500";
  private static final long AT = 1_700_000_000_123_456L;

  private Flow flow;

  @BeforeEach
  void open() {
    flow = new Flow(TestKafka.shared());
  }

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void filtersProjectsKeysAndTimes() {
    flow.stream("orders", 2, ORDER).stream(
            "small", 2, LARGE, StreamKind.EVENTS, List.of("customer"), "placed")
        .query("small", "orders", "small", List.of(), SQL);
    flow.write("orders", "id", orders(0, 1000));
    Flow.Instance instance = run("a");
    Flow.await(() -> instance.status("small").getEventsIn() == 1000);

    List<Object[]> rows = flow.read("small");
    assertThat(rows).hasSize(499);
    Object[] row = rows.getFirst();
    assertThat(row[1]).isEqualTo("C" + (int) row[0] % 7);
    assertThat(row[2]).isEqualTo(1000 / (int) row[0]);
    var record = flow.recordsOf("small").getFirst();
    assertThat(record.timestamp()).isEqualTo(AT / 1000);
    assertThat(record.key())
        .isEqualTo(new KeyEncoder(RowType.of(LARGE.field(1))).encode(new Object[] {row[1]}));
    assertThat(instance.status("small").getEdges())
        .anyMatch(e -> e.getInput() && e.getStream().equals("orders") && e.getEvents() == 1000)
        .anyMatch(e -> !e.getInput() && e.getStream().equals("small") && e.getEvents() == 499);
  }

  @Test
  void putsWhatCannotBeComputedOrReadWithTheDeadLetters() throws Exception {
    flow.stream("orders", 1, ORDER).stream("small", 1, LARGE)
        .query("small", "orders", "small", List.of(), SQL);
    flow.write("orders", "id", List.<Object[]>of(new Object[] {1, "x", 0, AT}));
    flow.writeBytes("orders", "rubbish".getBytes(UTF_8));
    flow.write("orders", "id", orders(1, 3));
    Flow.Instance instance = run("a");
    Flow.await(() -> instance.status("small").getEventsIn() == 4);

    assertThat(flow.read("small")).hasSize(2);
    assertThat(instance.status("small").getDeadLetters()).isEqualTo(2);
    List<DeadLetter> letters = new ArrayList<>();
    for (var record : flow.records(Topics.deadLetters(flow.application))) {
      letters.add(DeadLetter.fromByteBuffer(ByteBuffer.wrap(record.value())));
    }
    assertThat(letters)
        .extracting(DeadLetter::getCode)
        .containsExactly("MALFORMED_EVENT", "DIVISION_BY_ZERO");
    assertThat(letters.get(1).getText()).contains("\"customer\":\"x\"");
  }

  @Test
  void onlyAChangedQueryRestartsAndEachKeepsItsPosition() {
    flow.stream("orders", 1, ORDER).stream("a", 1, ORDER).stream("b", 1, ORDER)
        .query("a", "orders", "a", List.of(), "SELECT * FROM orders");
    flow.write("orders", "id", orders(0, 100));
    Flow.Instance instance = run("a");
    Flow.await(() -> instance.status("a").getEventsOut() == 100);
    long startedAt = instance.status("a").getStartedAt();

    // One more query starts from the beginning of its input and leaves the other as it is.
    flow.query("b", "orders", "b", List.of(), "SELECT * FROM orders WHERE id < 50");
    instance.applications.apply(flow.plan(DesiredState.RUNNING));
    Flow.await(() -> instance.status("b").getEventsIn() == 100);
    assertThat(flow.read("b")).hasSize(50);
    assertThat(instance.status("a").getStartedAt()).isEqualTo(startedAt);

    // A changed one goes on where it was.
    flow.query("b", "orders", "b", List.of(), "SELECT * FROM orders WHERE id >= 50");
    instance.applications.apply(flow.plan(DesiredState.RUNNING));
    flow.write("orders", "id", orders(100, 110));
    Flow.await(() -> instance.status("b").getEventsOut() == 10);
    assertThat(flow.read("b")).hasSize(60);
    assertThat(instance.status("a").getStartedAt()).isEqualTo(startedAt);

    // Stopped and started again, nothing is lost and nothing doubled.
    instance.applications.apply(flow.plan(DesiredState.STOPPED));
    assertThat(instance.state("a")).isEqualTo(ComponentState.STOPPED);
    flow.write("orders", "id", orders(110, 120));
    instance.applications.apply(flow.plan(DesiredState.RUNNING));
    Flow.await(() -> instance.status("a").getEventsOut() == 10);
    assertThat(flow.read("a")).hasSize(120);
  }

  @Test
  void drainsOnlyWhatIsNamed() {
    flow.stream("orders", 1, ORDER).stream("a", 1, ORDER).stream("b", 1, ORDER)
        .query("a", "orders", "a", List.of(), "SELECT * FROM orders")
        .query("b", "a", "b", List.of(), "SELECT * FROM a");
    Flow.Instance instance = run("a");
    flow.write("orders", "id", orders(0, 5000));
    instance.applications.apply(flow.plan(DesiredState.QUIESCING, "a"));
    Flow.await(() -> instance.state("a") == ComponentState.STOPPED);
    assertThat(flow.read("a")).hasSize(5000);
    assertThat(instance.state("b")).isNotEqualTo(ComponentState.STOPPED);
    instance.applications.apply(flow.plan(DesiredState.QUIESCING, "a", "b"));
    Flow.await(() -> instance.state("b") == ComponentState.STOPPED);
    assertThat(flow.read("b")).hasSize(5000);
  }

  @Test
  void aQueryThatCannotBeCompiledFailsAlone() {
    flow.stream("orders", 1, ORDER).stream("a", 1, ORDER)
        .query("a", "orders", "a", List.of(), "SELECT * FROM orders")
        .query("bad", "orders", "a", List.of(), "SELECT nothing FROM orders");
    Flow.Instance instance = run("a");
    assertThat(instance.state("bad")).isEqualTo(ComponentState.FAILED);
    assertThat(instance.status("bad").getError()).containsIgnoringCase("nothing");
    Flow.await(() -> instance.state("a") == ComponentState.RUNNING);
    instance.applications.apply(flow.without("bad").plan(DesiredState.RUNNING));
    assertThat(instance.applications.statuses()).hasSize(1);
  }

  private Flow.Instance run(String name) {
    Flow.Instance instance = flow.instance(name, TestRedis.shared().url());
    instance.applications.apply(flow.plan(DesiredState.RUNNING));
    return instance;
  }

  private static List<Object[]> orders(int from, int to) {
    List<Object[]> orders = new ArrayList<>();
    for (int i = from; i < to; i++) {
      orders.add(new Object[] {i, "c" + i % 7, i == 0 ? Integer.valueOf(1000) : i, AT});
    }
    return orders;
  }
}
