package io.millrace.service.plan;

import io.millrace.service.bus.BusAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Plans for the service's {@link PlanListener}. */
@AutoConfiguration(after = BusAutoConfiguration.class)
public class PlanAutoConfiguration {

  @Bean
  PlanDispatcher planDispatcher(ObjectProvider<PlanListener> listener) {
    return new PlanDispatcher(listener.getIfAvailable(IgnoredPlans::new));
  }

  @Bean
  DeploymentGroups deploymentGroups(Environment environment) {
    return DeploymentGroups.of(environment.getProperty("millrace.groups"));
  }

  @Bean
  PlanReader plans(PlanDispatcher dispatcher) {
    return new PlanReader(dispatcher);
  }

  /** A service is not ready before it knows what it should be doing. */
  @Bean
  HealthIndicator plansHealthIndicator(PlanReader plans) {
    return () ->
        plans.isCaughtUp()
            ? Health.up().withDetail("applications", plans.plans().size()).build()
            : Health.outOfService()
                .withDetail("reason", "still reading the plans; is Kafka there?")
                .build();
  }
}
