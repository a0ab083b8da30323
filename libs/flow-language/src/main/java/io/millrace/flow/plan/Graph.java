package io.millrace.flow.plan;

import java.util.List;

/** An application as the designer draws it. */
public record Graph(List<Node> nodes, List<Edge> edges) {

  public Graph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /** What a node stands for. */
  public enum Kind {
    SOURCE,
    QUERY,
    CACHE,
    MODEL,
    SINK,
    /** A stream that comes from outside the application, or that nothing in it reads. */
    STREAM
  }

  /**
   * A component, or a stream at the edge of the application.
   *
   * @param id the component's name; {@code stream:NAME} for a stream
   * @param label what to write on it
   * @param connector its connector's type, or null
   * @param line where its statement starts in the script, from 1
   * @param guarantee what it holds, of what is delivered through it, or null
   */
  public record Node(
      String id, Kind kind, String label, String connector, int line, String guarantee) {}

  /**
   * What flows from one node to another.
   *
   * @param stream the stream's name as in the plan; null between a cache and the query that joins
   *     it, and between a model and the query that asks it
   */
  public record Edge(String stream, String from, String to) {}
}
