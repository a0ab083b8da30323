package io.millrace.flow.query;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostic;
import io.millrace.flow.diagnostic.Diagnostics;
import io.millrace.flow.diagnostic.ScriptText;
import io.millrace.flow.parser.ScriptParser;
import io.millrace.flow.stateful.Node;
import io.millrace.flow.stateful.StatefulPlan;
import io.millrace.flow.type.CalciteTypes;
import io.millrace.flow.type.FlowTypeFactory;
import io.millrace.flow.type.UnsupportedTypeException;
import io.millrace.schemas.type.RowType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/**
 * Compiles the SELECT of a query, as plans carry it: a stateless one to {@link Branch}es, a
 * stateful one to a {@link StatefulPlan}.
 *
 * <p>A stateless query may project, filter, join caches on equality with their whole key ({@code
 * JOIN}, {@code LEFT JOIN}) and put several such queries together with UNION ALL; sub-queries in
 * FROM and WITH are dissolved. Names match in any case. Thread-safe.
 */
public final class QueryCompiler {

  /** What the language takes of the dialects of SQL. */
  public static final SqlConformance CONFORMANCE = FlowValidator.CONFORMANCE;

  private static final SqlToRelConverter.Config TO_REL =
      SqlToRelConverter.config()
          .withExpand(false)
          .withTrimUnusedFields(false)
          .withInSubQueryThreshold(Integer.MAX_VALUE)
          .withCreateValuesRel(false);

  private final long retention;

  /** Compiles queries that remember for ever what nothing else bounds. */
  public QueryCompiler() {
    this(0);
  }

  /**
   * Compiles queries for an application.
   *
   * @param stateRetentionMillis how long keys of GROUP BY and DISTINCT without a window are
   *     remembered that nothing comes for; 0: for ever
   */
  public QueryCompiler(long stateRetentionMillis) {
    this.retention = TimeUnit.MILLISECONDS.toMicros(stateRetentionMillis);
  }

  /**
   * Compiles a query.
   *
   * @param select the SELECT
   * @param streams the columns of every stream that it may read, by the name it uses
   * @param caches the caches that it may join
   * @throws QueryException if the query is not valid, or not stateless
   */
  public CompiledQuery compile(
      String select, Map<String, RowType> streams, Collection<CacheTable> caches) {
    return translated(() -> stateless(parse(select, streams, caches)));
  }

  /**
   * Compiles a query that may be stateful: windows, aggregation, OVER, joins of streams and
   * patterns.
   *
   * @param select the SELECT
   * @param streams the columns of every stream that it may read, by the name it uses
   * @param caches the caches that it may join
   * @throws QueryException if the query is not valid
   */
  public StatefulPlan compileStateful(
      String select, Map<String, RowType> streams, Collection<CacheTable> caches) {
    return compileStateful(select, streams, caches, Map.of());
  }

  /**
   * The same, where other queries have done the work of some leaves.
   *
   * @param parts the streams that hold the rows of these leaves, by the leaf's index; each leaf
   *     then has one branch that gives the stream's events as they are
   * @see QueryParts
   */
  public StatefulPlan compileStateful(
      String select,
      Map<String, RowType> streams,
      Collection<CacheTable> caches,
      Map<Integer, String> parts) {
    return translated(() -> stateful(parse(select, streams, caches), parts));
  }

  /**
   * Compiles one leaf of a stateful query, as a query of its own.
   *
   * @param leaf the leaf's index
   * @throws QueryException if the query is not valid
   * @throws IllegalArgumentException if it has no such leaf
   */
  public CompiledQuery compileLeaf(
      String select, int leaf, Map<String, RowType> streams, Collection<CacheTable> caches) {
    StatefulPlan plan = compileStateful(select, streams, caches);
    if (leaf < 0 || leaf >= plan.leaves().size()) {
      throw new IllegalArgumentException(
          "the query has %d inputs and none of number %d".formatted(plan.leaves().size(), leaf));
    }
    Node.Leaf found = plan.leaves().get(leaf);
    return new CompiledQuery(CalciteTypes.toRow(found.row()), found.branches(), null, plan.rex());
  }

  private StatefulPlan stateful(Converted converted, Map<Integer, String> parts) {
    return StatefulBuilder.build(
        converted.tree(),
        CalciteTypes.toRow(converted.root.validatedRowType),
        converted.rex,
        parts,
        retention);
  }

  /** A query of one of the two kinds; the other is null. */
  record Either(CompiledQuery stateless, StatefulPlan stateful) {}

  /** Compiles a query as what it is, with what went wrong as it was thrown. */
  Either compileEither(String select, Map<String, RowType> streams, Collection<CacheTable> caches) {
    Converted converted = parse(select, streams, caches);
    return StatefulBuilder.isStateless(converted.tree())
        ? new Either(stateless(converted), null)
        : new Either(null, stateful(converted, Map.of()));
  }

  private static <T> T translated(Supplier<T> compilation) {
    try {
      return compilation.get();
    } catch (CalciteContextException e) {
      throw failure(Code.INVALID_QUERY, e.getMessage() + ": " + e.getCause().getMessage());
    } catch (UnsupportedQueryException e) {
      throw failure(e.code(), e.getMessage());
    } catch (UnsupportedTypeException e) {
      throw failure(Code.TYPE_MISMATCH, e.getMessage());
    }
  }

  private static CompiledQuery stateless(Converted converted) {
    RowType output = CalciteTypes.toRow(converted.root.validatedRowType);
    return new CompiledQuery(
        output,
        new BranchBuilder(converted.rex).build(converted.tree()),
        converted.root.rel,
        converted.rex);
  }

  private static Converted parse(
      String select, Map<String, RowType> streams, Collection<CacheTable> caches) {
    FlowTypeFactory types = new FlowTypeFactory();
    QueryCatalog catalog = QueryCatalog.of(streams, caches, types);
    Diagnostics diagnostics = new Diagnostics(new ScriptText(select));
    SqlNode parsed = new ScriptParser(FlowValidator.CONFORMANCE).query(diagnostics);
    if (parsed == null) {
      throw new QueryException(diagnostics.sorted());
    }
    try {
      return convert(new FlowValidator(catalog, types), catalog, types, parsed);
    } catch (CalciteContextException e) {
      Map<String, Relation> relations = new LinkedHashMap<>();
      streams.forEach((name, row) -> relations.put(name, Relation.stream(name, row, Set.of())));
      caches.forEach(cache -> relations.put(cache.name(), Relation.cache(cache, Set.of())));
      new QueryFaults(diagnostics, relations, relations.keySet()).report(e, Set.of());
      throw diagnostics.hasErrors() ? new QueryException(diagnostics.sorted()) : e;
    }
  }

  /** A relational tree and what builds further expressions in it. */
  private record Converted(RelRoot root, RexBuilder rex) {

    /** The tree, with joins in place of sub-queries in conditions. */
    RelNode tree() {
      return new SubQueryJoins(rex).rewrite(root.project());
    }
  }

  private static Converted convert(
      FlowValidator validator, QueryCatalog catalog, FlowTypeFactory types, SqlNode parsed) {
    SqlNode validated = validator.validate(parsed);
    RexBuilder rex = new RexBuilder(types);
    RelOptCluster cluster = RelOptCluster.create(new HepPlanner(HepProgram.builder().build()), rex);
    SqlToRelConverter converter =
        new SqlToRelConverter(
            (type, query, schemas, path) -> null,
            validator,
            catalog,
            cluster,
            StandardConvertletTable.INSTANCE,
            TO_REL);
    return new Converted(converter.convertQuery(validated, false, true), rex);
  }

  private static QueryException failure(Code code, String message) {
    return new QueryException(
        List.of(
            new Diagnostic(
                Diagnostic.Severity.ERROR, code, message, 1, 1, 1, 1, "", List.of(), null)));
  }
}
