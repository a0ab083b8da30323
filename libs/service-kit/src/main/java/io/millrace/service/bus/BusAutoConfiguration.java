package io.millrace.service.bus;

import io.millrace.service.boot.KafkaSettings;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.cloud.stream.binder.kafka.KafkaBinderMetrics;
import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/** The control plane's topics by Spring Cloud Stream. */
@AutoConfiguration
public class BusAutoConfiguration {

  @Bean
  ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>> catchUp(
      ObjectProvider<CompactedTopic> topics) {
    return new CatchUp(topics);
  }

  @Bean
  SmartLifecycle controlTopics(KafkaSettings kafka, Environment environment) {
    Duration patience =
        environment.getProperty("millrace.kafka-patience", Duration.class, Duration.ofMinutes(2));
    return new TopicsBeforeBindings(() -> ControlTopics.ensure(kafka.clientConfig(), patience));
  }

  @Bean
  KafkaBinderMetrics kafkaBinderMetrics() {
    return new NoBinderMetrics();
  }
}
