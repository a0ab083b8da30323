package io.millrace.flow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.flow.stateful.Aggregation;
import io.millrace.flow.stateful.Node;
import io.millrace.flow.stateful.StatefulPlan;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Stateful queries in, steps out, compared with the file beside them. {@code -Dgolden.update=true}
 * writes it anew.
 */
class StatefulQueriesTest {

  private static final Path FOLDER = Path.of("src/test/resources/stateful");
  private static final RowType EVENT =
      RowType.of(
          Field.required("id", DataType.INT),
          Field.nullable("k", DataType.STRING),
          Field.nullable("v", DataType.DOUBLE),
          Field.nullable("d", DataType.decimal(10, 2)),
          Field.required("ts", DataType.TIMESTAMP));
  private static final Map<String, RowType> STREAMS = Map.of("a", EVENT, "b", EVENT);
  private static final List<CacheTable> CACHES =
      List.of(
          new CacheTable(
              "c",
              RowType.of(
                  Field.required("id", DataType.INT), Field.nullable("name", DataType.STRING)),
              List.of("id")));

  private static StatefulPlan compile(String sql) {
    return new QueryCompiler().compileStateful(sql, STREAMS, CACHES);
  }

  @Test
  void stepsAreAsExpected() throws IOException {
    StringBuilder out = new StringBuilder();
    for (String sql : Files.readString(FOLDER.resolve("queries.sql")).split(";")) {
      if (sql.isBlank()) {
        continue;
      }
      StatefulPlan plan = compile(sql);
      out.append(sql.strip())
          .append("\n  gives ")
          .append(plan.output().sql())
          .append("\n  spread by ")
          .append(plan.distribution())
          .append(", which come out as ")
          .append(plan.outputKeys())
          .append('\n');
      write(plan.root(), "  ", out);
      out.append('\n');
    }
    Path expected = FOLDER.resolve("queries.out");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, out.toString());
    }
    assertThat(out.toString()).isEqualTo(Files.readString(expected));
  }

  static void write(Node node, String indent, StringBuilder out) {
    out.append(indent).append(text(node)).append('\n');
    node.inputs().forEach(input -> write(input, indent + "  ", out));
  }

  private static String text(Node node) {
    return switch (node) {
      case Node.Leaf n ->
          "leaf " + n.index() + " time " + n.time() + " " + branches(n) + " " + n.row();
      case Node.Calc n -> "calc where " + n.condition() + " gives " + n.projection();
      case Node.Union n -> "union";
      case Node.Windowed n -> n.window() + " of " + n.time();
      case Node.WindowAggregate n ->
          n.window() + " of " + n.time() + " by " + n.keys() + " " + calls(n.aggregations());
      case Node.AttachedAggregate n ->
          "attached, end " + n.windowEnd() + " by " + n.keys() + " " + calls(n.aggregations());
      case Node.GroupAggregate n -> "group by " + n.keys() + " " + calls(n.aggregations());
      case Node.Over n ->
          "over %s by %d, range %d, rows %d %s"
              .formatted(n.partition(), n.time(), n.range(), n.rows(), calls(n.calls()));
      case Node.WindowTop n ->
          "top %d to %d of %s by %s, end %d"
              .formatted(n.from(), n.to(), n.partition(), n.order(), n.windowEnd());
      case Node.Deduplicate n -> "first of " + n.keys() + " by " + n.time();
      case Node.IntervalJoin n ->
          "%s join %s = %s, times %d and %d, %d to %d, where %s"
              .formatted(
                  n.kind(),
                  n.leftKeys(),
                  n.rightKeys(),
                  n.leftTime(),
                  n.rightTime(),
                  n.lower(),
                  n.upper(),
                  n.condition());
      case Node.WindowJoin n ->
          "%s window join %s = %s, ends %d and %d, where %s"
              .formatted(
                  n.kind(),
                  n.leftKeys(),
                  n.rightKeys(),
                  n.leftWindowEnd(),
                  n.rightWindowEnd(),
                  n.condition());
      case Node.Match n ->
          "match %s by %d within %d: %s"
              .formatted(n.partition(), n.time(), n.within(), n.rel().getPattern());
    };
  }

  private static String branches(Node.Leaf leaf) {
    return leaf.branches().stream()
        .map(b -> b.stream() + b.steps() + b.projection())
        .collect(Collectors.joining(" + "));
  }

  private static List<String> calls(List<Aggregation> calls) {
    return calls.stream()
        .map(c ->
            c.function()
                + (c.distinct() ? " distinct" : "")
                + c.arguments()
                + (c.filter() < 0 ? "" : " where " + c.filter())
                + (c.order().isEmpty() ? "" : " in order " + c.order())
                + ":"
                + c.type())
        .toList();
  }

  @Test
  void aLeafIsAQueryOfItsOwn() {
    String sql =
        "SELECT c.name, window_end, COUNT(*) AS n FROM TABLE(TUMBLE((SELECT c.name, a.ts FROM a"
            + " JOIN c ON c.id = a.id WHERE a.v > 1), DESCRIPTOR(ts), INTERVAL '1' MINUTE)) AS c"
            + " GROUP BY c.name, window_start, window_end";
    CompiledQuery leaf = new QueryCompiler().compileLeaf(sql, 0, STREAMS, CACHES);
    assertThat(leaf.output().sql()).isEqualTo("name STRING, ts TIMESTAMP NOT NULL");
    assertThat(leaf.branches().get(0).steps()).hasSize(2);
    StatefulPlan rest =
        new QueryCompiler().compileStateful(sql, STREAMS, CACHES, Map.of(0, "n-input-0"));
    Branch read = rest.leaves().get(0).branches().get(0);
    assertThat(read.stream()).isEqualTo("n-input-0");
    assertThat(read.steps()).isEmpty();
    assertThat(read.projection()).hasToString("[$0, $1]");
    assertThat(rest.leaves().get(0).time()).isEqualTo(1);
    assertThatThrownBy(() -> new QueryCompiler().compileLeaf(sql, 1, STREAMS, CACHES))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The second half of such a UNION was lost without a word. */
  @Test
  void windowsOverAUnionNeedASelectAroundIt() {
    String sql =
        "SELECT window_end, COUNT(*) AS n FROM TABLE(TUMBLE((%s), DESCRIPTOR(ts), INTERVAL '1'"
            + " MINUTE)) GROUP BY window_start, window_end";
    String union = "SELECT ts FROM a UNION ALL SELECT ts FROM b";
    assertThatThrownBy(() -> compile(sql.formatted(union)))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("need a SELECT around it");
    assertThat(compile(sql.formatted("SELECT * FROM (" + union + ")")).leaves().get(0).branches())
        .extracting(Branch::stream)
        .containsExactly("a", "b");
  }

  /** Key bytes of INT and BIGINT are not promised to be equal, so both sides get one type. */
  @Test
  void keysOfDifferentTypesAreCastToOne() {
    StatefulPlan plan =
        compile(
            "SELECT a.id FROM a JOIN b ON a.id = CAST(b.v AS BIGINT) AND a.ts BETWEEN b.ts AND b.ts"
                + " + INTERVAL '1' MINUTE");
    List<List<Integer>> keys = plan.distribution();
    assertThat(
            plan.leaves()
                .get(0)
                .row()
                .getFieldList()
                .get(keys.get(0).get(0))
                .getType()
                .getSqlTypeName())
        .isEqualTo(
            plan.leaves()
                .get(1)
                .row()
                .getFieldList()
                .get(keys.get(1).get(0))
                .getType()
                .getSqlTypeName());
  }
}
