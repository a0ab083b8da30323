package io.millrace.service.bus;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.cloud.stream.binder.BindingCreatedEvent;
import org.springframework.cloud.stream.binder.kafka.KafkaBinderMetrics;

/**
 * Stands where the binder would put lag metrics of its own. Those would ask the broker for nobody,
 * and closing them holds the lock that their first measurement waits for: a service that is stopped
 * as it starts would never end.
 */
final class NoBinderMetrics extends KafkaBinderMetrics {

  NoBinderMetrics() {
    super(null, null);
  }

  @Override
  public void bindTo(MeterRegistry registry) {}

  @Override
  public void onApplicationEvent(BindingCreatedEvent event) {}

  @Override
  public void close() {}
}
