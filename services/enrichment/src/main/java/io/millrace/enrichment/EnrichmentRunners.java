package io.millrace.enrichment;

import io.millrace.enrichment.cache.CacheDefinition;
import io.millrace.enrichment.cache.CacheDirectory;
import io.millrace.enrichment.cache.CacheRunner;
import io.millrace.enrichment.cache.RedisLink;
import io.millrace.enrichment.model.ModelDefinition;
import io.millrace.enrichment.model.ModelRunner;
import io.millrace.enrichment.query.QueryDefinition;
import io.millrace.enrichment.query.QueryRunner;
import io.millrace.host.Runner;
import io.millrace.host.RunnerFactory;
import io.millrace.host.Surroundings;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.Plan;

/**
 * The queries, caches and models of one application; its caches and models are seen by its queries
 * alone.
 */
public final class EnrichmentRunners implements RunnerFactory {

  private final Surroundings surroundings;
  private final RedisLink redis;
  private final CacheDirectory caches = new CacheDirectory();

  public EnrichmentRunners(Surroundings surroundings, RedisLink redis) {
    this.surroundings = surroundings;
    this.redis = redis;
  }

  @Override
  public Object definition(Plan plan, Component component) {
    return switch (component.getKind()) {
      case QUERY -> QueryDefinition.of(plan, component);
      case CACHE -> CacheDefinition.of(plan, component);
      case MODEL -> ModelDefinition.of(component);
      default ->
          throw new IllegalArgumentException(
              "enrichment runs queries, caches and models, and %s is a %s"
                  .formatted(component.getName(), component.getKind()));
    };
  }

  @Override
  public Runner start(Object definition) {
    return switch (definition) {
      case QueryDefinition query -> QueryRunner.start(query, surroundings, caches);
      case CacheDefinition cache -> CacheRunner.start(cache, surroundings, redis, caches);
      case ModelDefinition model -> ModelRunner.start(model, caches);
      default -> throw new IllegalArgumentException("no definition: " + definition);
    };
  }

  @Override
  public void forget(Object definition) {
    if (definition instanceof CacheDefinition cache) {
      CacheRunner.forget(cache, redis);
    }
  }
}
