package io.millrace.enrichment;

import io.millrace.enrichment.cache.RedisLink;
import io.millrace.enrichment.model.ModelController;
import io.millrace.host.Applications;
import io.millrace.host.HostConfiguration;
import io.millrace.host.Surroundings;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Puts the service together. */
@Configuration(proxyBeanMethods = false)
@Import(HostConfiguration.class)
public class EnrichmentConfiguration {

  @Bean
  ModelController modelController() {
    return new ModelController();
  }

  @Bean
  RedisLink redisLink(@Value("${millrace.redis:redis://localhost:6379}") String url) {
    return new RedisLink(url);
  }

  @Bean
  Applications applications(Surroundings surroundings, RedisLink redis) {
    return new Applications(
        surroundings.service(), application -> new EnrichmentRunners(surroundings, redis));
  }
}
