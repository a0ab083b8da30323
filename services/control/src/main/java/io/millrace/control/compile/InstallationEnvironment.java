package io.millrace.control.compile;

import io.millrace.control.application.StreamDirectory;
import io.millrace.control.connector.ConnectorCatalogue;
import io.millrace.control.secret.SecretStore;
import io.millrace.flow.environment.Environment;
import io.millrace.flow.environment.EplAnswer;
import io.millrace.flow.environment.ModelDescription;
import io.millrace.flow.environment.SourceTables;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.type.RowType;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What scripts can refer to: announced connectors, stored secrets, databases, other streams. */
@Component
class InstallationEnvironment implements Environment {

  private final ConnectorCatalogue catalogue;
  private final TableDiscovery discovery;
  private final SecretStore secrets;
  private final StreamDirectory streams;
  private final ModelLoading models;
  private final EplChecking epl;

  InstallationEnvironment(
      ConnectorCatalogue catalogue,
      TableDiscovery discovery,
      SecretStore secrets,
      StreamDirectory streams,
      ModelLoading models,
      EplChecking epl) {
    this.catalogue = catalogue;
    this.discovery = discovery;
    this.secrets = secrets;
    this.streams = streams;
    this.models = models;
    this.epl = epl;
  }

  @Override
  public Collection<ConnectorDescriptor> connectors() {
    return catalogue.all();
  }

  @Override
  public SourceTables tables(String source, String connector, Map<String, String> options) {
    return discovery.tables(connector, options);
  }

  @Override
  public Optional<String> secret(String name) {
    return secrets.reference(name);
  }

  @Override
  public ModelDescription model(Map<String, String> options) {
    return models.describe(options);
  }

  @Override
  public EplAnswer epl(
      String text, Map<String, RowType> streams, RowType output, long stateRetentionMillis) {
    return epl.check(text, streams, output, stateRetentionMillis);
  }

  @Override
  public Collection<String> secretNames() {
    return secrets.all().stream().map(SecretStore.Description::name).toList();
  }

  @Override
  public Optional<StreamDefinition> stream(String fullName) {
    return streams.find(fullName).map(StreamDirectory.Found::definition);
  }

  @Override
  public Collection<String> streamNames() {
    return streams.names();
  }
}
