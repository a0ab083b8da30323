package io.millrace.enrichment;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import io.millrace.testing.TestControl;
import io.millrace.testing.TestKafka;
import io.millrace.testing.TestRedis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole service: a plan on the bus makes a query run, and its status is on the bus. */
@Timeout(120)
class EnrichmentApplicationTest {

  private static final TestControl CONTROL = new TestControl(TestKafka.shared());
  private static final RowType ROW = RowType.of(Field.required("id", DataType.INT));

  @Test
  void followsThePlansOnTheBusAndReports() throws Exception {
    try (Flow flow = new Flow(TestKafka.shared())) {
      flow.stream("a", 1, ROW).stream("b", 1, ROW)
          .query("b", "a", "b", List.of(), "SELECT id FROM a WHERE id > 1");
      flow.write("a", "id", List.of(new Object[] {1}, new Object[] {2}, new Object[] {3}));
      Map<String, Object> properties =
          Map.of(
              "millrace.kafka",
              TestKafka.shared().bootstrapServers(),
              "millrace.redis",
              TestRedis.shared().url(),
              "millrace.jwks-uri",
              "http://127.0.0.1:1/jwks",
              "millrace.ports.enrichment",
              0);
      try (var context = EnrichmentApplication.start(properties)) {
        CONTROL.publish(flow.plan(DesiredState.RUNNING));
        Flow.await(() -> stateOf(flow) == ComponentState.RUNNING);
        Flow.await(() -> flow.read("b").size() == 2);
        CONTROL.publish(flow.plan(DesiredState.STOPPED));
        Flow.await(() -> stateOf(flow) == ComponentState.STOPPED);
        assertThat(context.isActive()).isTrue();
      }
    }
  }

  private static ComponentState stateOf(Flow flow) {
    return CONTROL.state(flow.application, "b");
  }
}
