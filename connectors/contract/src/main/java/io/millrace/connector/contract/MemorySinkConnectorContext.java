package io.millrace.connector.contract;

import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkConnectorContext;

/** Passes failures on to the test. */
final class MemorySinkConnectorContext implements SinkConnectorContext {

  @Override
  public void requestTaskReconfiguration() {
    // the harness starts tasks anew anyway
  }

  @Override
  public void raiseError(Exception e) {
    throw new AssertionError("the connector failed", e);
  }

  @Override
  public PluginMetrics pluginMetrics() {
    return null;
  }
}
