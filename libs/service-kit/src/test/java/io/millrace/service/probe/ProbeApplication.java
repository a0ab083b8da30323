package io.millrace.service.probe;

import io.millrace.schemas.control.Plan;
import io.millrace.service.Feature;
import io.millrace.service.MillraceService;
import io.millrace.service.plan.PlanListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** A small service that writes down what plans it is given. */
@MillraceService(
    name = "probe",
    port = 0,
    uses = {Feature.PLANS, Feature.CONNECTORS})
@Import(ProbeController.class)
public class ProbeApplication {

  @Bean
  Seen seen() {
    return new Seen();
  }

  @Bean
  PlanListener planListener(Seen seen) {
    return new PlanListener() {
      @Override
      public void onPlan(Plan plan) {
        if (plan.getApplication().equals("default.troublesome")
            && seen.failures.getAndIncrement() == 0) {
          throw new IllegalStateException("not yet");
        }
        seen.events.add(plan.getApplication() + "@" + plan.getRevision());
      }

      @Override
      public void onRemoved(String application) {
        seen.events.add("-" + application);
      }

      @Override
      public void onCaughtUp() {
        seen.events.add("caught up");
      }
    };
  }

  /** What happened, in order. */
  public static final class Seen {
    public final List<String> events = new CopyOnWriteArrayList<>();
    final AtomicInteger failures = new AtomicInteger();
  }
}
