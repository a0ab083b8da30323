package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.diagnostic.Diagnostic;
import io.millrace.flow.plan.Graph;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.type.AvroTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts in, plans or diagnostics out, compared with the files beside them. {@code
 * -Dgolden.update=true} writes those anew; what changed is then seen in the diff.
 */
class GoldenTest {

  private static final Path FOLDER = Path.of("src/test/resources/golden");

  static List<String> scripts() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".sql"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void compilesTo(String script) throws IOException {
    Path expected = FOLDER.resolve(script.replace(".sql", ".out"));
    Compilation compilation =
        new FlowCompiler()
            .compile(Files.readString(FOLDER.resolve(script)), "default", new FakeEnvironment());
    String actual = text(compilation);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(expected));
  }

  private static String text(Compilation compilation) {
    StringBuilder out = new StringBuilder();
    for (Diagnostic diagnostic : compilation.diagnostics()) {
      out.append(diagnostic)
          .append("\n    [")
          .append(diagnostic.text().replace("\n", "\\n"))
          .append("] to ")
          .append(diagnostic.endLine())
          .append(':')
          .append(diagnostic.endColumn())
          .append('\n');
    }
    compilation.plan().ifPresent(plan -> plan(plan, out));
    compilation.graph().ifPresent(graph -> graph(graph, out));
    return out.toString();
  }

  private static void plan(Plan plan, StringBuilder out) {
    out.append(plan.getApplication()).append(' ').append(plan.getOptions()).append('\n');
    for (StreamDefinition stream : plan.getStreams()) {
      out.append("\nstream ")
          .append(stream.getName())
          .append("\n  ")
          .append(stream.getKind())
          .append(" on ")
          .append(stream.getTopic())
          .append(stream.getTable() == null ? "" : " of table " + stream.getTable())
          .append("\n  ")
          .append(AvroTypes.toRow(stream.getRowSchema()).sql())
          .append("\n  partitions ")
          .append(stream.getPartitions())
          .append(" by ")
          .append(stream.getPartitionBy())
          .append(", time ")
          .append(stream.getTimestampColumn())
          .append(" late ")
          .append(stream.getAllowedLatenessMillis())
          .append(", kept ")
          .append(stream.getRetentionMillis())
          .append('\n');
    }
    for (Component component : plan.getComponents()) {
      out.append('\n')
          .append(component.getKind().toString().toLowerCase(java.util.Locale.ROOT))
          .append(' ')
          .append(component.getName())
          .append(" in ")
          .append(component.getService())
          .append(", line ")
          .append(component.getLine())
          .append(component.getGroup() == null ? "" : ", group " + component.getGroup())
          .append('\n');
      line(out, "connector", component.getConnector());
      line(out, "options", new java.util.TreeMap<>(component.getOptions()));
      line(out, "inputs", component.getInputs());
      line(out, "outputs", component.getOutputs());
      line(out, "caches", component.getCaches());
      line(out, "sql", component.getSql());
      line(
          out,
          "row",
          component.getRowSchema() == null
              ? null
              : AvroTypes.toRow(component.getRowSchema()).sql());
      line(out, "key", component.getKey());
    }
  }

  private static void line(StringBuilder out, String name, Object value) {
    if (value != null && !value.toString().equals("[]") && !value.toString().equals("{}")) {
      out.append("  ").append(name).append(' ').append(value).append('\n');
    }
  }

  private static void graph(Graph graph, StringBuilder out) {
    out.append('\n');
    for (Graph.Node node : graph.nodes()) {
      out.append("node ").append(node.kind()).append(' ').append(node.id());
      out.append(node.guarantee() == null ? "" : " " + node.guarantee()).append('\n');
    }
    for (Graph.Edge edge : graph.edges()) {
      out.append("edge ")
          .append(edge.from())
          .append(" -> ")
          .append(edge.to())
          .append(edge.stream() == null ? "" : " : " + edge.stream())
          .append('\n');
    }
  }
}
