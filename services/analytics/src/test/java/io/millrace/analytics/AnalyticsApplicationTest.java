package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.Flow.Event;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.DesiredState;
import io.millrace.testing.TestControl;
import io.millrace.testing.TestKafka;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole service: a plan on the bus makes a stateful query run, and its status is there. */
@Timeout(120)
class AnalyticsApplicationTest {

  private static final TestControl CONTROL = new TestControl(TestKafka.shared());

  @Test
  void followsThePlansOnTheBusAndReports() throws Exception {
    try (Flow flow = new Flow()) {
      flow.input("a", 1, Duration.ZERO)
          .output(1)
          .sql(
              """
              SELECT k, COUNT(*) AS n, window_end AS "until"
              FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '10' SECOND))
              GROUP BY k, window_start, window_end
              """);
      Map<String, Object> properties =
          Map.of(
              "millrace.kafka",
              TestKafka.shared().bootstrapServers(),
              "millrace.jwks-uri",
              "http://127.0.0.1:1/jwks",
              "millrace.analytics.snapshot-interval",
              "1s",
              "millrace.ports.analytics",
              0);
      flow.write("a", new Event(0, "x", 1000), new Event(0, "x", 2000), new Event(0, "y", 3000));
      try (var context = AnalyticsApplication.start(properties)) {
        assertThat(context.isActive()).isTrue();
        CONTROL.publish(flow.plan(DesiredState.RUNNING));
        Flow.await(() -> stateOf(flow) == ComponentState.RUNNING);
      }
      try (var context = AnalyticsApplication.start(properties)) {
        assertThat(context.isActive()).isTrue();
        flow.write("a", new Event(0, "x", 9999), new Event(0, "x", 10_000));
        Flow.await(() -> flow.counts().size() == 2);
        assertThat(flow.counts()).containsExactlyInAnyOrder("x 3@10", "y 1@10");
        CONTROL.publish(flow.plan(DesiredState.STOPPED));
        Flow.await(() -> stateOf(flow) == ComponentState.STOPPED);
      }
    }
  }

  private static ComponentState stateOf(Flow flow) {
    return CONTROL.state(flow.application, "counts");
  }
}
