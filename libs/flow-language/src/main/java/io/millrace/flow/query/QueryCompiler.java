package io.millrace.flow.query;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostic;
import io.millrace.flow.diagnostic.Diagnostics;
import io.millrace.flow.diagnostic.ScriptText;
import io.millrace.flow.parser.ScriptParser;
import io.millrace.flow.type.CalciteTypes;
import io.millrace.flow.type.FlowTypeFactory;
import io.millrace.flow.type.UnsupportedTypeException;
import io.millrace.schemas.type.RowType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/**
 * Compiles the SELECT of a stateless query, as plans carry it, to {@link Branch}es.
 *
 * <p>A query may project, filter, join caches on equality with their whole key ({@code JOIN},
 * {@code LEFT JOIN}) and put several such queries together with UNION ALL; sub-queries in FROM and
 * WITH are dissolved. Names match in any case. Thread-safe.
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
    try {
      return compileOrThrow(select, streams, caches);
    } catch (CalciteContextException e) {
      throw failure(Code.INVALID_QUERY, e.getMessage() + ": " + e.getCause().getMessage());
    } catch (UnsupportedQueryException e) {
      throw failure(e.code(), e.getMessage());
    } catch (UnsupportedTypeException e) {
      throw failure(Code.TYPE_MISMATCH, e.getMessage());
    }
  }

  /** The same, with what went wrong as it was thrown. */
  CompiledQuery compileOrThrow(
      String select, Map<String, RowType> streams, Collection<CacheTable> caches) {
    FlowTypeFactory types = new FlowTypeFactory();
    QueryCatalog catalog = QueryCatalog.of(streams, caches, types);
    Diagnostics diagnostics = new Diagnostics(new ScriptText(select));
    SqlNode parsed = new ScriptParser(FlowValidator.CONFORMANCE).query(diagnostics);
    if (parsed == null) {
      throw new QueryException(diagnostics.sorted());
    }
    return convert(new FlowValidator(catalog, types), catalog, types, parsed);
  }

  static CompiledQuery convert(
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
    RelRoot root = converter.convertQuery(validated, false, true);
    RowType output = CalciteTypes.toRow(root.validatedRowType);
    return new CompiledQuery(output, new BranchBuilder(rex).build(root.project()), root.rel, rex);
  }

  private static QueryException failure(Code code, String message) {
    return new QueryException(
        List.of(
            new Diagnostic(
                Diagnostic.Severity.ERROR, code, message, 1, 1, 1, 1, "", List.of(), null)));
  }
}
