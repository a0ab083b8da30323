package io.millrace.connect;

import java.net.URI;
import java.util.Map;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.connector.policy.ConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.WorkerConfig;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.rest.ConnectRestServer;
import org.apache.kafka.connect.runtime.rest.RestClient;

/**
 * Starts a distributed worker as Kafka's own command does, except that a failure is thrown instead
 * of ending the process, and the calling thread keeps its class loader.
 */
final class EmbeddedDistributed extends ConnectDistributed {

  Connect<DistributedHerder> open(Map<String, String> properties) {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try {
      Plugins plugins = new Plugins(properties);
      plugins.compareAndSwapWithDelegatingLoader();
      DistributedConfig config = createConfig(properties);
      RestClient client = new RestClient(config);
      ConnectRestServer rest =
          new ConnectRestServer(config.rebalanceTimeout(), client, config.originals());
      rest.initializeServer();
      URI url = rest.advertisedUrl();
      ConnectorClientConfigOverridePolicy policy =
          plugins.newPlugin(
              config.getString(WorkerConfig.CONNECTOR_CLIENT_POLICY_CLASS_CONFIG),
              config,
              ConnectorClientConfigOverridePolicy.class);
      DistributedHerder herder =
          createHerder(config, url.getHost() + ":" + url.getPort(), plugins, policy, rest, client);
      Connect<DistributedHerder> connect = new Connect<>(herder, rest);
      try {
        connect.start();
      } catch (RuntimeException e) {
        connect.stop();
        throw e;
      }
      return connect;
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
