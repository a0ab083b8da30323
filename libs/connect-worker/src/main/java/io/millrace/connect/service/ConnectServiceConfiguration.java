package io.millrace.connect.service;

import io.millrace.connector.ConnectorProvider;
import io.millrace.service.InstanceId;
import io.millrace.service.boot.KafkaSettings;
import io.millrace.service.connectors.ConnectorAnnouncer;
import io.millrace.service.plan.DeploymentGroups;
import io.millrace.service.status.StatusReporter;
import java.util.List;
import java.util.ServiceLoader;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * A service that hosts connectors: those on its class path whose descriptor names it. It follows
 * the plans with an embedded Kafka Connect worker, reports status, announces its connectors and
 * answers checks.
 */
@Configuration(proxyBeanMethods = false)
public class ConnectServiceConfiguration {

  @Bean
  HostedConnectors hostedConnectors(InstanceId instance) {
    List<ConnectorProvider> providers =
        ServiceLoader.load(ConnectorProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(p -> p.descriptor().getService().equals(instance.service()))
            .toList();
    return new HostedConnectors(providers);
  }

  @Bean
  ConnectService connectService(
      InstanceId instance,
      DeploymentGroups groups,
      Environment environment,
      KafkaSettings kafka,
      HostedConnectors connectors,
      ConnectorAnnouncer announcer,
      ObjectProvider<StatusReporter> reporter) {
    return new ConnectService(
        ConnectSettings.of(instance, groups, environment, kafka), connectors, announcer, reporter);
  }

  @Bean
  ConnectorController connectorController(HostedConnectors connectors, Environment environment) {
    return new ConnectorController(connectors, ConnectSettings.resolver(environment));
  }
}
