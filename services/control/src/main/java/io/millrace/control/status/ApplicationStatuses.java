package io.millrace.control.status;

import io.millrace.control.application.ApplicationRecord;
import io.millrace.control.application.ApplicationStore;
import io.millrace.schemas.control.Plan;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** The status of applications, put together from the board and the plan. */
@Component
public class ApplicationStatuses {

  private final ApplicationStore store;
  private final StatusBoard board;

  ApplicationStatuses(ApplicationStore store, StatusBoard board) {
    this.store = store;
    this.board = board;
  }

  public ApplicationStatus of(ApplicationRecord application) {
    Plan plan = store.outline(application);
    ApplicationState state = board.state(application, plan);
    List<ComponentView> components =
        plan.getComponents().stream()
            .map(component -> board.view(application, plan, component))
            .toList();
    return new ApplicationStatus(
        application.name(),
        state.name(),
        state.reason(),
        application.desired() == null ? null : application.desired().name(),
        application.revision(),
        sum(components, c -> c.kind().equals("SOURCE"), ComponentView::outRate),
        sum(components, c -> c.kind().equals("SINK"), c -> Math.max(c.inRate(), c.outRate())),
        components.stream().mapToLong(ComponentView::lag).sum(),
        components.stream().mapToLong(ComponentView::deadLetters).sum(),
        worst(components, ComponentView::latencyP50Millis),
        worst(components, ComponentView::latencyP99Millis),
        components);
  }

  private static double sum(
      List<ComponentView> components,
      Predicate<ComponentView> of,
      Function<ComponentView, Double> rate) {
    return components.stream().filter(of).mapToDouble(rate::apply).sum();
  }

  private static Double worst(
      List<ComponentView> components, Function<ComponentView, Double> latency) {
    return components.stream()
        .map(latency)
        .filter(Objects::nonNull)
        .max(Double::compare)
        .orElse(null);
  }
}
