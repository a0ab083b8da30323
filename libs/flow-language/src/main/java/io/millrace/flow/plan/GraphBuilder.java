package io.millrace.flow.plan;

import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Draws a plan. */
final class GraphBuilder {

  private final Plan plan;
  private final Map<String, String> guarantees;
  private final List<Graph.Node> nodes = new ArrayList<>();
  private final Set<Graph.Edge> edges = new LinkedHashSet<>();

  GraphBuilder(Plan plan, Map<String, String> guarantees) {
    this.plan = plan;
    this.guarantees = guarantees;
  }

  Graph build() {
    Map<String, List<String>> writers = new LinkedHashMap<>();
    Map<String, List<String>> readers = new LinkedHashMap<>();
    for (Component component : plan.getComponents()) {
      nodes.add(
          new Graph.Node(
              component.getName(),
              Graph.Kind.valueOf(component.getKind().name()),
              component.getName(),
              component.getConnector(),
              component.getLine(),
              guarantees.get(component.getName())));
      component.getOutputs().forEach(s -> put(writers, s, component.getName()));
      component.getInputs().forEach(s -> put(readers, s, component.getName()));
    }
    for (StreamDefinition stream : plan.getStreams()) {
      connect(
          stream.getName(),
          writers.getOrDefault(stream.getName(), List.of()),
          readers.getOrDefault(stream.getName(), List.of()));
    }
    for (Component component : plan.getComponents()) {
      component
          .getCaches()
          .forEach(cache -> edges.add(new Graph.Edge(null, cache, component.getName())));
    }
    return new Graph(nodes, List.copyOf(edges));
  }

  private static void put(Map<String, List<String>> map, String stream, String component) {
    map.computeIfAbsent(stream, s -> new ArrayList<>()).add(component);
  }

  private void connect(String stream, List<String> writers, List<String> readers) {
    List<String> from = writers;
    List<String> to = readers;
    if (writers.isEmpty() || readers.isEmpty()) {
      String id = "stream:" + stream;
      nodes.add(new Graph.Node(id, Graph.Kind.STREAM, stream, null, 0, null));
      from = writers.isEmpty() ? List.of(id) : writers;
      to = readers.isEmpty() && !writers.isEmpty() ? List.of(id) : readers;
    }
    for (String writer : from) {
      for (String reader : to) {
        edges.add(new Graph.Edge(stream, writer, reader));
      }
    }
  }
}
