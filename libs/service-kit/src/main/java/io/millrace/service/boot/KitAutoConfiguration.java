package io.millrace.service.boot;

import io.millrace.service.InstanceId;
import io.millrace.service.http.ServiceClients;
import io.millrace.service.secret.SecretCipher;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;

/** What every service has. */
@AutoConfiguration
public class KitAutoConfiguration {

  @Bean
  InstanceId instanceId(Environment environment) {
    String service = environment.getRequiredProperty("millrace.service");
    String given = environment.getProperty("millrace.instance");
    if (given != null && !given.isBlank()) {
      return new InstanceId(service, given);
    }
    return new InstanceId(
        service,
        "%s:%s:%s:%d:%d"
            .formatted(
                service,
                hostName(),
                environment.getProperty("server.port", "0"),
                ProcessHandle.current().pid(),
                System.currentTimeMillis()));
  }

  @Bean
  KafkaSettings kafkaSettings(Environment environment) {
    Map<String, String> options =
        Binder.get(environment)
            .bind("millrace.kafka-client", Bindable.mapOf(String.class, String.class))
            .orElse(Map.of());
    return new KafkaSettings(environment.getRequiredProperty("millrace.kafka"), options);
  }

  /** Made when first asked for: a service that handles no secrets needs no key. */
  @Bean
  @Lazy
  SecretCipher secretCipher(Environment environment) {
    return SecretCipher.of(environment.getProperty("millrace.secret-key"));
  }

  @Bean
  @ConditionalOnMissingBean
  ServiceClients serviceClients(RestClient.Builder builder, Environment environment) {
    return new ServiceClients(builder, environment);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown-host";
    }
  }
}
