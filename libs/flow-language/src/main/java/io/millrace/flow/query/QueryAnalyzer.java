package io.millrace.flow.query;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostics;
import io.millrace.flow.type.CalciteTypes;
import io.millrace.flow.type.FlowTypeFactory;
import io.millrace.flow.type.UnsupportedTypeException;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** Checks a query as somebody wrote it, says everything that is wrong with it, and compiles it. */
public final class QueryAnalyzer {

  private static final int MOST_FAULTS = 20;

  /** How Calcite begins the names of columns that have none. */
  private static final String NAMELESS = "EXPR$";

  private final RelationResolver resolver;
  private final Diagnostics diagnostics;
  private final long stateRetention;

  /**
   * @param stateRetention how long patterns without WITHIN remember an event, and groups without a
   *     window a key, in milliseconds; 0: patterns have to say it, and groups remember for ever
   */
  public QueryAnalyzer(RelationResolver resolver, Diagnostics diagnostics, long stateRetention) {
    this.resolver = resolver;
    this.diagnostics = diagnostics;
    this.stateRetention = stateRetention;
  }

  /**
   * Looks at a query. Its tree is left as it is.
   *
   * @param named whether the names of its columns matter
   */
  public AnalyzedQuery analyze(SqlNode written, boolean named) {
    int before = diagnostics.size();
    SqlNode query = SqlCopy.of(written);
    FromNames names = new FromNames(resolver);
    boolean unsupported = Statefulness.report(query, diagnostics);
    query.accept(new TypeLimits(diagnostics));
    if (stateRetention > 0) {
      PatternLimit.set(query, stateRetention);
    }
    names.rewrite(query);
    ModelNames models = new ModelNames(resolver);
    models.rewrite(query);
    Map<String, Relation> relations = new LinkedHashMap<>(names.relations());
    relations.putAll(models.models());
    List<String> streams = new ArrayList<>();
    List<String> caches = new ArrayList<>();
    relations.values().forEach(r -> (r.isCache() ? caches : streams).add(r.name()));
    if (names.hasUnresolved() || models.hasUnresolved()) {
      return AnalyzedQuery.faulty(null, Set.of(), streams, caches);
    }
    Attempt attempt = validate(query, relations);
    boolean complete =
        attempt.faultless && relations.values().stream().allMatch(Relation::complete);
    RowType row = attempt.row == null ? null : rowOf(attempt, written, complete, named);
    if (row == null || unsupported || !complete || diagnostics.errorsAfter(before)) {
      Set<String> missing = new HashSet<>(attempt.lost);
      if (hasStar(written)) {
        relations.values().forEach(r -> missing.addAll(r.missing()));
      }
      return AnalyzedQuery.faulty(row, missing, streams, caches);
    }
    return compile(query, attempt, relations, row, written, streams, caches);
  }

  /**
   * @param lost the columns that were taken out
   */
  private record Attempt(boolean faultless, RelDataType row, SqlNode validated, Set<String> lost) {

    static Attempt failed() {
      return new Attempt(false, null, null, Set.of());
    }
  }

  /** Validates, takes out what is faulty, and validates what is left. */
  private Attempt validate(SqlNode query, Map<String, Relation> relations) {
    SqlNode rest = SqlCopy.of(query);
    Set<String> lost = new HashSet<>();
    QueryFaults faults = new QueryFaults(diagnostics, relations, aliases(query));
    boolean faultless = true;
    for (int i = 0; i < MOST_FAULTS; i++) {
      FlowTypeFactory types = new FlowTypeFactory();
      FlowValidator validator = new FlowValidator(catalog(relations, types), types);
      SqlNode copy = SqlCopy.of(rest);
      try {
        SqlNode validated = validator.validate(copy);
        return new Attempt(faultless, validator.getValidatedNodeType(validated), validated, lost);
      } catch (CalciteContextException e) {
        faultless = false;
        faults.report(e, lost);
        if (!new FaultRemoval(lost).remove(rest, QueryFaults.position(e))) {
          return Attempt.failed();
        }
      } catch (RuntimeException | AssertionError e) {
        unexpected(e, query);
        return Attempt.failed();
      }
    }
    return Attempt.failed();
  }

  /** What the validator did not foresee; it is a fault of the query's all the same. */
  private void unexpected(Throwable e, SqlNode query) {
    diagnostics.error(
        Code.INVALID_QUERY,
        query.getParserPosition(),
        "the query cannot be understood: "
            + QueryFaults.plain(
                e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
  }

  private static QueryCatalog catalog(Map<String, Relation> relations, FlowTypeFactory types) {
    Map<String, RowType> streams = new LinkedHashMap<>();
    List<CacheTable> caches = new ArrayList<>();
    for (Relation relation : relations.values()) {
      if (relation.isCache()) {
        caches.add(relation.cache());
      } else {
        streams.put(relation.name(), relation.row());
      }
    }
    return QueryCatalog.of(streams, caches, types);
  }

  private AnalyzedQuery compile(
      SqlNode query,
      Attempt attempt,
      Map<String, Relation> relations,
      RowType row,
      SqlNode written,
      List<String> streams,
      List<String> caches) {
    Map<String, RowType> rows = new LinkedHashMap<>();
    List<CacheTable> tables = new ArrayList<>();
    relations
        .values()
        .forEach(r -> {
          if (r.isCache()) {
            tables.add(r.cache());
          } else {
            rows.put(r.name(), r.row());
          }
        });
    String sql = CanonicalSql.write(query, attempt.validated);
    try {
      QueryCompiler.Either compiled =
          new QueryCompiler(stateRetention).compileEither(sql, rows, tables);
      return new AnalyzedQuery(
          row,
          Set.of(),
          sql,
          streams,
          caches,
          compiled.stateless(),
          compiled.stateful(),
          rows,
          tables);
    } catch (UnsupportedQueryException e) {
      diagnostics.error(e.code(), new FaultPlaces(query, written, caches).of(e), e.getMessage());
    } catch (QueryException e) {
      diagnostics.error(
          Code.INVALID_QUERY,
          written.getParserPosition(),
          "the query cannot be written out as " + sql + ": " + e.getMessage());
    } catch (CalciteContextException e) {
      diagnostics.error(
          Code.INVALID_QUERY,
          written.getParserPosition(),
          "the query cannot be written out as " + sql + ": " + e.getCause().getMessage());
    } catch (UnsupportedTypeException e) {
      diagnostics.error(Code.TYPE_MISMATCH, written.getParserPosition(), e.getMessage());
    } catch (RuntimeException | AssertionError e) {
      unexpected(e, written);
    }
    return AnalyzedQuery.faulty(row, Set.of(), streams, caches);
  }

  private static boolean hasStar(SqlNode query) {
    boolean[] found = {false};
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlIdentifier id) {
            found[0] |= id.isStar();
            return null;
          }
        });
    return found[0];
  }

  private RowType rowOf(Attempt attempt, SqlNode written, boolean complete, boolean named) {
    List<Field> fields = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    boolean usable = true;
    for (RelDataTypeField field : attempt.row.getFieldList()) {
      String name = field.getName();
      if (!attempt.lost.isEmpty() && name.startsWith(NAMELESS)) {
        continue; // stands for what was taken out, or has another number because of it
      }
      if (complete && named && seen.put(name.toLowerCase(Locale.ROOT), field.getIndex()) != null) {
        diagnostics.error(
            Code.DUPLICATE_NAME,
            item(written, field.getIndex()),
            "two columns of the output are called " + name + "; give one another name with AS");
      }
      if (complete && named && name.startsWith(NAMELESS)) {
        diagnostics.warning(
            Code.NOTE,
            item(written, field.getIndex()),
            "this column has no name and will be called " + name + "; give it one with AS");
      }
      try {
        fields.add(
            new Field(
                name, CalciteTypes.toDataType(field.getType()), field.getType().isNullable()));
      } catch (UnsupportedTypeException e) {
        usable = false;
        diagnostics.error(
            Code.TYPE_MISMATCH,
            item(written, field.getIndex()),
            "column "
                + name
                + " has the type "
                + QueryFaults.plain(e.type()).toUpperCase(Locale.ROOT)
                + ", which no stream can hold; cast it to another type");
      }
    }
    return usable && !fields.isEmpty() ? new RowType(fields) : null;
  }

  /** The item of the first select list that gives a column, as far as that can be said. */
  private static SqlParserPos item(SqlNode query, int index) {
    SqlNode node = query;
    while (!(node instanceof SqlSelect)) {
      if (node instanceof SqlWith with) {
        node = with.body;
      } else if (node instanceof SqlCall call
          && call.operandCount() > 0
          && call.operand(0) instanceof SqlNode first) {
        node = first;
      } else {
        return query.getParserPosition();
      }
    }
    SqlSelect select = (SqlSelect) node;
    boolean plain = select.getSelectList().stream().noneMatch(CanonicalSql::isStar);
    if (plain && index < select.getSelectList().size()) {
      return select.getSelectList().get(index).getParserPosition();
    }
    return select.getSelectList().getParserPosition();
  }

  private static Set<String> aliases(SqlNode query) {
    Set<String> aliases = new LinkedHashSet<>();
    query.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlCall call) {
            if (call instanceof SqlSelect select && select.getFrom() != null) {
              from(select.getFrom());
            }
            return super.visit(call);
          }

          private void from(SqlNode node) {
            switch (node) {
              case SqlIdentifier id -> aliases.add(id.names.get(id.names.size() - 1));
              case org.apache.calcite.sql.SqlJoin join -> {
                from(join.getLeft());
                from(join.getRight());
              }
              case SqlCall as when as.getKind() == SqlKind.AS ->
                  aliases.add(((SqlIdentifier) as.operand(1)).getSimple());
              default -> {}
            }
          }
        });
    return aliases;
  }
}
