package io.millrace.flow.plan;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.parser.Statement;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.type.RowType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Plans streams that EPL fills. The language knows no EPL: what a statement reads are the streams
 * of the script whose names are in its text; whether it is right the analytics service says.
 */
final class EplPlanner {

  static final String LANGUAGE = "language";

  /** Texts and comments, which hold no names, and names. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\""
              + "|/\\*.*?\\*/|(?://|--)[^\\n]*"
              + "|(?<name>[\\p{L}_][\\p{L}\\p{Nd}_]*)|`(?<quoted>[^`]+)`",
          Pattern.DOTALL);

  private final PlanContext context;

  EplPlanner(PlanContext context) {
    this.context = context;
  }

  /**
   * @param known finds the stream of a name of this application, or null
   */
  void plan(
      Declaration declaration,
      Statement.Value epl,
      StreamInfo output,
      Map<String, String> options,
      java.util.function.Function<Declaration, StreamInfo> known) {
    Map<String, StreamInfo> inputs = new TreeMap<>();
    Matcher token = TOKEN.matcher(epl.text());
    while (token.find()) {
      String name = token.group("name") == null ? token.group("quoted") : token.group("name");
      Declaration named = name == null ? null : context.names.get(PlanContext.key(name));
      if (named != null && !named.equals(declaration) && isStream(named.statement())) {
        StreamInfo stream = known.apply(named);
        if (stream != null) {
          inputs.put(stream.name, stream);
        }
      }
    }
    review(epl, inputs, output);
    check(epl.pos(), inputs);
    Map<String, String> own = new TreeMap<>();
    own.put(LANGUAGE, "epl");
    StatefulPlanner.stateRetention(context, own);
    StatefulPlanner.idleTimeout(context, own);
    StatefulPlanner.stateMemory(context, own);
    if (options.containsKey(KnownOptions.START_FROM)) {
      own.put(KnownOptions.START_FROM, options.get(KnownOptions.START_FROM));
    }
    Component.Builder component =
        context
            .component(declaration, declaration.name(), ComponentKind.QUERY, "analytics")
            .setInputs(List.copyOf(inputs.keySet()))
            .setOutputs(List.of(output.name))
            .setSql(epl.text())
            .setOptions(own);
    context.add(component, declaration, null);
  }

  /** Has the text checked, and takes out the streams that it names and does not read. */
  private void review(Statement.Value epl, Map<String, StreamInfo> inputs, StreamInfo output) {
    Map<String, RowType> rows = new TreeMap<>();
    for (StreamInfo input : inputs.values()) {
      if (!input.complete()) {
        return;
      }
      rows.put(input.name, input.row);
    }
    if (output.complete() && !rows.isEmpty()) {
      inputs.keySet().retainAll(new EplReview(context).check(epl, rows, output.row));
    }
  }

  private void check(SqlParserPos pos, Map<String, StreamInfo> inputs) {
    if (inputs.isEmpty()) {
      context.diagnostics.error(
          Code.INVALID_STATEMENT,
          pos,
          "the EPL names none of the application's streams; it has to read at least one");
    }
    if (inputs.values().stream().mapToInt(StreamInfo::partitions).distinct().count() > 1) {
      context.diagnostics.error(
          Code.INVALID_STATEMENT,
          pos,
          "the streams that the EPL reads have different numbers of partitions, so equal keys would"
              + " not meet; give them the same with WITH (partitions = …)");
    } else if (inputs.values().stream().anyMatch(s -> s.partitions() > 1)) {
      context.diagnostics.info(
          Code.NOTE,
          pos,
          "the EPL runs once for each partition of its inputs: events meet when their keys"
              + " (PARTITION BY) are equal");
    }
  }

  private static boolean isStream(Statement statement) {
    return statement instanceof Statement.CreateStream
        || statement instanceof Statement.CreateSource;
  }
}
