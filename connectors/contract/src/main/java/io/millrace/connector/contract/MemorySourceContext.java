package io.millrace.connector.contract;

import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

record MemorySourceContext(Map<String, String> configs, OffsetStorageReader offsetStorageReader)
    implements SourceTaskContext {

  @Override
  public PluginMetrics pluginMetrics() {
    return null;
  }
}
