package io.millrace.connect;

import io.millrace.connector.ComponentContext;
import io.millrace.connector.ConnectorProvider;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Says which connectors the plans want of one service. Immutable. */
public final class PlanConnectors {

  /** In the configuration of every connector: its type, by which its provider is found again. */
  private static final String CONNECTOR = "millrace.connector";

  private final String service;
  private final Map<String, ConnectorProvider> providers;
  private final Map<String, String> kafkaClient;
  private final Predicate<Component> here;

  /**
   * @param service as in {@link Component#getService()}
   * @param providers the connectors that the service hosts
   * @param kafkaClient how Kafka clients connect here
   */
  public PlanConnectors(
      String service, Collection<ConnectorProvider> providers, Map<String, String> kafkaClient) {
    this(service, providers, kafkaClient, component -> true);
  }

  /**
   * @param here which of the service's components run in this group of workers
   */
  public PlanConnectors(
      String service,
      Collection<ConnectorProvider> providers,
      Map<String, String> kafkaClient,
      Predicate<Component> here) {
    this.service = service;
    this.here = here;
    this.providers =
        providers.stream().collect(Collectors.toMap(p -> p.descriptor().getType(), p -> p));
    this.kafkaClient = Map.copyOf(kafkaClient);
  }

  /** The components of all plans that this service runs, by their name in Kafka Connect. */
  Map<String, Wanted> wanted(Collection<Plan> plans) {
    Map<String, Wanted> wanted = new LinkedHashMap<>();
    for (Plan plan : plans) {
      for (Component component : plan.getComponents()) {
        if (component.getService().equals(service)
            && component.getConnector() != null
            && here.test(component)) {
          Wanted one = wanted(plan, component);
          wanted.put(one.name(), one);
        }
      }
    }
    return wanted;
  }

  private Wanted wanted(Plan plan, Component component) {
    String name = ComponentContext.connectorName(plan.getApplication(), component.getName());
    ConnectorProvider provider = providers.get(component.getConnector());
    if (provider == null) {
      return new Wanted(
          plan,
          component,
          null,
          null,
          name,
          "there is no connector '%s' here; there are %s"
              .formatted(component.getConnector(), providers.keySet().stream().sorted().toList()));
    }
    try {
      ComponentContext context =
          new ComponentContext(
              plan,
              component,
              streams(plan, component.getInputs()),
              streams(plan, component.getOutputs()),
              kafkaClient);
      Map<String, String> config = new HashMap<>(provider.connectConfig(context));
      config.put(CONNECTOR, component.getConnector());
      DesiredConnector connector = new DesiredConnector(name, config, runs(plan, component));
      return new Wanted(plan, component, provider, connector, name, null);
    } catch (RuntimeException e) {
      return new Wanted(plan, component, provider, null, name, RootCause.sentence(e));
    }
  }

  /** The connector that runs a configuration made here; null when there is none of its kind. */
  ConnectorProvider provider(Map<String, String> config) {
    String type = config.get(CONNECTOR);
    return type == null ? null : providers.get(type);
  }

  private static boolean runs(Plan plan, Component component) {
    DesiredState desired = plan.getDesired();
    if (plan.getDropped()) {
      return false;
    }
    return desired == DesiredState.RUNNING
        || (desired == DesiredState.QUIESCING && !plan.getDrained().contains(component.getName()));
  }

  private static List<StreamDefinition> streams(Plan plan, List<String> names) {
    Map<String, StreamDefinition> byName = new HashMap<>();
    plan.getStreams().forEach(s -> byName.put(s.getName(), s));
    List<StreamDefinition> streams = new ArrayList<>(names.size());
    for (String name : names) {
      StreamDefinition stream = byName.get(name);
      if (stream == null) {
        throw new IllegalArgumentException("the plan has no stream " + name);
      }
      streams.add(stream);
    }
    return streams;
  }
}
