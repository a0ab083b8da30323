package io.millrace.query.stream;

import io.millrace.schemas.bus.KafkaSchemaStore;
import io.millrace.schemas.event.SchemaStore;
import io.millrace.service.boot.KafkaSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StreamConfiguration {

  @Bean
  KafkaSchemaStore schemaStore(KafkaSettings kafka) {
    return new KafkaSchemaStore(kafka.clientConfig());
  }

  @Bean
  RecentEvents recentEvents(KafkaSettings kafka, SchemaStore schemas) {
    return new RecentEvents(kafka.clientConfig(), schemas);
  }

  @Bean
  LiveFeeds liveFeeds(KafkaSettings kafka, SchemaStore schemas) {
    return new LiveFeeds(kafka.clientConfig(), schemas);
  }
}
