package io.millrace.connector.datagen;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.contract.SourceContract;
import io.millrace.connector.contract.SourceHarness;
import io.millrace.connector.task.TaskPlatform;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.connect.source.SourceTask;
import org.junit.jupiter.api.Test;

/** The contract; what is produced is what the count allows. */
class DatagenContractTest extends SourceContract {

  private long count;

  @Override
  protected ConnectorProvider provider() {
    return new DatagenProvider();
  }

  @Override
  protected SourceTask newTask(TaskPlatform.Factory platform) {
    return new DatagenTask(platform);
  }

  @Override
  protected RowType columns() {
    return RowType.of(
        Field.required("id", DataType.BIGINT), Field.nullable("name", DataType.STRING));
  }

  @Override
  protected Map<String, String> options() {
    Map<String, String> options = new HashMap<>();
    options.put("rate", "0");
    options.put("count", Long.toString(count));
    options.put("fields.id.kind", "sequence");
    return options;
  }

  @Override
  protected List<Object> produce(int splits, int events) {
    long from = count;
    count += events;
    return new ArrayList<>(LongStream.range(from, count).boxed().toList());
  }

  @Override
  protected boolean grows() {
    return false;
  }

  @Test
  void aRaisedCountGoesOnWithTheNextNumbers() {
    produce(1, 10);
    SourceHarness harness = harness().start(1);
    harness.runUntil("ten events", () -> harness.committed().size() == 10);
    assertThat(harness.committed()).hasSize(10);
    assertThat(rows(harness).getLast()[0]).isEqualTo(9L);
  }

  @Test
  void keepsItsRate() {
    Map<String, String> options = new HashMap<>(options());
    options.put("rate", "200");
    SourceHarness harness = harness(options).start(2);
    long start = System.nanoTime();
    harness.runUntil("a hundred events", () -> harness.committed().size() >= 100);
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(seconds).isBetween(0.3, 5.0);
  }
}
