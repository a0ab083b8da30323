package io.millrace.enrichment.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.loop.InputBatch;
import io.millrace.loop.LoopInput;
import io.millrace.loop.TaskOutput;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.event.Watermark;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What a stateless query tells those behind it of its time. */
class TaskClockTest {

  private static final RowType ROW =
      RowType.of(Field.required("v", DataType.BIGINT), Field.required("at", DataType.TIMESTAMP));
  private static final long SECOND = 1_000_000;

  private final List<Watermark> told = new ArrayList<>();
  private final TaskOutput output = new Telling();

  @Test
  void timeGoesOnWhileNothingPasses() {
    TaskClock clock = clock("SELECT v, at FROM s WHERE v < 0", 2000);
    clock.events(batch(), List.of(row(7, 10 * SECOND), row(8, 12 * SECOND)));
    clock.tell(output);
    assertThat(told).hasSize(3);
    assertThat(told.getFirst().time()).isEqualTo(10 * SECOND - 1);
    assertThat(told.getFirst().kind()).isEqualTo(Watermark.Kind.ACTIVE);
  }

  @Test
  void aTimeThatIsComputedIsComputed() {
    TaskClock clock = clock("SELECT v, at + INTERVAL '1' HOUR AS at FROM s", 0);
    clock.events(batch(), List.of(row(7, 10 * SECOND), row(8, 12 * SECOND)));
    clock.tell(output);
    assertThat(told.getFirst().time()).isEqualTo((3600 + 12) * SECOND - 1);
  }

  @Test
  void whoReadsNothingIsIdleAfterAWhile() {
    TaskClock clock = clock("SELECT v, at FROM s", 0);
    clock.tick(1_000_000);
    clock.tell(output);
    clock.tick(1_011_000);
    clock.tell(output);
    assertThat(told)
        .extracting(Watermark::kind)
        .containsExactly(
            Watermark.Kind.ACTIVE,
            Watermark.Kind.ACTIVE,
            Watermark.Kind.ACTIVE,
            Watermark.Kind.IDLE,
            Watermark.Kind.IDLE,
            Watermark.Kind.IDLE);
  }

  private static TaskClock clock(String sql, long latenessMillis) {
    Component query = query("q", "enrichment", "s", "out", sql);
    Component behind =
        query("behind", "analytics", "out", "last", "SELECT v, COUNT(*) FROM out GROUP BY v");
    Plan plan =
        Plan.newBuilder()
            .setApplication("a.b")
            .setRevision(1)
            .setDesired(DesiredState.RUNNING)
            .setStreams(List.of(stream("s", latenessMillis), stream("out", 0), stream("last", 0)))
            .setComponents(List.of(query, behind))
            .build();
    QueryDefinition definition = QueryDefinition.of(plan, query);
    return new TaskClock(definition.query(), definition.compile(), 0);
  }

  private static Component query(String name, String service, String input, String to, String sql) {
    return Component.newBuilder()
        .setName(name)
        .setKind(ComponentKind.QUERY)
        .setService(service)
        .setFingerprint(name)
        .setInputs(List.of(input))
        .setOutputs(List.of(to))
        .setSql(sql)
        .build();
  }

  private static StreamDefinition stream(String name, long latenessMillis) {
    return StreamDefinition.newBuilder()
        .setName(name)
        .setTopic("a.b." + name)
        .setRowSchema(AvroTypes.toAvro(ROW, name).toString())
        .setKind(StreamKind.EVENTS)
        .setTimestampColumn("at")
        .setAllowedLatenessMillis(latenessMillis)
        .setPartitions(3)
        .build();
  }

  private static Object[] row(long v, long at) {
    return new Object[] {v, at};
  }

  private static InputBatch batch() {
    return InputBatch.of(
        new LoopInput("s", "a.b.s"),
        List.of(
            new ConsumerRecord<>("a.b.s", 0, 5, null, new byte[1]),
            new ConsumerRecord<>("a.b.s", 0, 6, null, new byte[1])));
  }

  private final class Telling implements TaskOutput {

    @Override
    public void watermark(
        String topic, int partitions, int channel, long time, Watermark.Kind kind) {
      for (int i = 0; i < partitions; i++) {
        told.add(new Watermark(0, channel, time, kind));
      }
    }

    @Override
    public void emit(
        ConsumerRecord<byte[], byte[]> cause,
        String topic,
        byte[] key,
        byte[] value,
        long timestamp) {}

    @Override
    public void emit(String topic, int partition, byte[] key, byte[] value, long timestamp) {}

    @Override
    public void reject(
        ConsumerRecord<byte[], byte[]> record, String code, String reason, String text) {}

    @Override
    public void setAside(
        ConsumerRecord<byte[], byte[]> record, String code, String reason, String text) {}

    @Override
    public void failed(String id, long timestamp, String code, String reason, String text) {}

    @Override
    public void whenCommitted(Runnable action) {}
  }
}
