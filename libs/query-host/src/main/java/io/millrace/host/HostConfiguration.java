package io.millrace.host;

import io.millrace.schemas.bus.KafkaSchemaStore;
import io.millrace.service.boot.KafkaSettings;
import io.millrace.service.plan.DeploymentGroups;
import io.millrace.service.secret.SecretCipher;
import io.millrace.service.status.StatusReporter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together what a service needs besides a bean of {@link Applications}. */
@Configuration(proxyBeanMethods = false)
public class HostConfiguration {

  /** How soon a change of state is told. */
  private static final long LOOK_MILLIS = 200;

  @Bean
  KafkaSchemaStore schemaStore(KafkaSettings kafka) {
    return new KafkaSchemaStore(kafka.clientConfig());
  }

  /**
   * Its name has to outlive restarts and to differ between instances: host and port do, unless
   * {@code millrace.instance} says better.
   */
  @Bean
  Surroundings surroundings(
      KafkaSettings kafka,
      KafkaSchemaStore schemas,
      @Value("${millrace.service}") String service,
      @Value("${millrace.secret-key:}") String secretKey,
      @Value("${millrace.instance:}") String instance,
      @Value("${server.port}") String port)
      throws UnknownHostException {
    Map<String, String> client = new HashMap<>();
    kafka.clientConfig().forEach((name, value) -> client.put(name, String.valueOf(value)));
    UnaryOperator<Map<String, String>> secrets =
        options -> SecretCipher.of(secretKey).resolve(options);
    String name =
        instance.isBlank() ? InetAddress.getLocalHost().getHostName() + "-" + port : instance;
    return new Surroundings(service, name, client, schemas, secretKey.isBlank() ? o -> o : secrets);
  }

  @Bean
  PlanFollower planFollower(
      Applications applications, StatusReporter reporter, DeploymentGroups groups) {
    return new PlanFollower(applications, reporter, groups);
  }

  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService changesOfState(PlanFollower follower) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("changes-of-state").factory());
    timer.scheduleWithFixedDelay(
        follower::reportChanges, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    return timer;
  }
}
