package io.millrace.cep.epl;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.common.client.module.Module;
import com.espertech.esper.common.client.module.ModuleItem;
import com.espertech.esper.common.client.soda.EPStatementObjectModel;
import com.espertech.esper.common.client.soda.InsertIntoClause;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.compiler.client.EPCompileExceptionItem;
import com.espertech.esper.compiler.client.EPCompiler;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import io.millrace.flow.diagnostic.NearNames;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From a text to a query: scan, parse, admit, find the horizon, compile, try to start. */
final class Compilation {

  private static final Pattern POSITION = Pattern.compile(" at line (\\d+) column (\\d+)");
  private static final Pattern QUOTED = Pattern.compile("'([^']{1,200})'");

  private final String text;
  private final Map<String, RowType> streams;
  private final RowType output;
  private final EplLimits limits;
  private final Problems problems;
  private final EPCompiler compiler = EPCompilerProvider.getCompiler();
  private final List<EPStatementObjectModel> models = new ArrayList<>();
  private List<Statement> statements = List.of();
  private Configuration configuration;

  Compilation(String text, Map<String, RowType> streams, RowType output, EplLimits limits) {
    this.text = text;
    this.streams = streams;
    this.output = output;
    this.limits = limits;
    this.problems = new Problems(text);
  }

  EplQuery run() throws EplException {
    statements = EplText.read(text, streams, limits, problems).statements();
    configuration = Settings.of(streams, limits);
    parse();
    admit();
    Set<String> inputs = inputs();
    boolean epochs = false;
    Problems unbounded = limits.retention().isZero() ? problems : new Problems(text);
    long horizon = Horizon.of(statements, models, unbounded);
    problems.check();
    if (horizon == Spans.UNBOUNDED) {
      epochs = true;
      horizon = 2 * micros(limits.retention());
    } else {
      // Times of one step of the clock are the same to Esper.
      horizon = horizon == 0 ? 0 : horizon + micros(limits.grid());
    }
    if (horizon > micros(limits.horizon())) {
      statements
          .getLast()
          .problem(
              problems,
              null,
              "the query looks back "
                  + horizon / 86_400_000_000L
                  + " days, "
                  + limits.horizon().toDays()
                  + " are allowed");
    }
    problems.check();
    Map<String, RowType> read = new LinkedHashMap<>();
    inputs.forEach(name -> read.put(name, streams.get(name)));
    EPCompiled compiled = compile(Settings.of(read, limits));
    Engine trial = new Engine("trial", Settings.of(read, limits), compiled, List.copyOf(inputs), 0);
    OutputColumns columns =
        OutputColumns.of(trial.outputType(), output, statements.getLast(), problems);
    problems.check();
    return new EplQuery(
        compiled, read, output, columns, limits, horizon, epochs ? micros(limits.retention()) : 0);
  }

  private static long micros(java.time.Duration duration) {
    return duration.toNanos() / 1000;
  }

  private void parse() throws EplException {
    for (Statement statement : statements) {
      try {
        models.add(compiler.eplToModel(statement.epl(), configuration));
      } catch (EPCompileException e) {
        report(statement, e.getMessage(), e);
      }
    }
    problems.check();
  }

  private void admit() throws EplException {
    Set<String> names = new HashSet<>();
    streams.forEach((name, row) -> {
      names.addAll(List.of(name.split("\\.", -1)));
      names.add(name);
      columns(row, names);
    });
    models.forEach(model -> names.addAll(IntroducedNames.of(model)));
    for (int i = 0; i < models.size(); i++) {
      new Guard(statements.get(i), limits, names, problems).statement(models.get(i));
    }
    problems.check();
  }

  private static void columns(RowType row, Set<String> names) {
    for (Field field : row.fields()) {
      names.add(field.name());
      if (field.type() instanceof DataType.Row nested) {
        columns(nested.row(), names);
      }
    }
  }

  /** The streams that are read, after it is sure that statements only read what is before them. */
  private Set<String> inputs() throws EplException {
    Set<String> inputs = new LinkedHashSet<>();
    Set<String> inserted = new HashSet<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < models.size(); i++) {
      Statement statement = statements.get(i);
      for (String name : Reads.all(models.get(i))) {
        seen.add(name);
        if (inserted.contains(name)) {
          continue;
        }
        if (streams.containsKey(name)) {
          inputs.add(name);
        } else {
          statement.problem(
              problems, name, "there is no stream " + name + near(name) + " for EPL to read");
        }
      }
      target(statement, models.get(i).getInsertInto(), i == models.size() - 1, seen, inserted);
    }
    if (inputs.isEmpty() && !problems.any()) {
      statements
          .getLast()
          .problem(problems, "from", "no stream is read: time comes from the events of streams");
    }
    problems.check();
    return inputs;
  }

  private String near(String name) {
    String near = NearNames.nearest(name, streams.keySet());
    return near == null ? "" : " (did you mean " + near + "?)";
  }

  private void target(
      Statement statement,
      InsertIntoClause insert,
      boolean last,
      Set<String> seen,
      Set<String> inserted) {
    if (last) {
      if (insert != null) {
        statement.problem(
            problems, "insert", "the last statement is what comes out: write a select alone");
      }
      return;
    }
    if (insert == null) {
      statement.problem(
          problems,
          "select",
          "only the last statement is a select alone, the ones before it insert into a stream");
      return;
    }
    String name = insert.getStreamName();
    if (streams.containsKey(name)) {
      statement.problem(problems, name, name + " is a stream of the script: take another name");
    } else if (seen.contains(name)) {
      statement.problem(
          problems, name, name + " is read before it is inserted into: put this statement first");
    }
    inserted.add(name);
  }

  private EPCompiled compile(Configuration configuration) throws EplException {
    Module module = new Module();
    for (int i = 0; i < statements.size(); i++) {
      module.getItems().add(new ModuleItem(statements.get(i).epl()));
    }
    CompilerArguments arguments = new CompilerArguments(configuration);
    int last = statements.size() - 1;
    arguments
        .getOptions()
        .setStatementName(context -> context.getStatementNumber() == last ? Engine.OUTPUT : null)
        .setInlinedClassInspection(context -> {
          throw new IllegalStateException("Java is not allowed");
        });
    try {
      return compiler.compile(module, arguments);
    } catch (EPCompileException e) {
      if (e.getItems().isEmpty()) {
        report(statements.getLast(), e.getMessage(), e);
      }
      for (EPCompileExceptionItem item : e.getItems()) {
        Statement at = statements.getLast();
        for (Statement statement : statements) {
          if (statement.epl().equals(item.getExpression())) {
            at = statement;
          }
        }
        report(at, item.getMessage(), item);
      }
      problems.check();
      throw new IllegalStateException("a failed compilation reported nothing", e);
    }
  }

  /** Finds out what Esper means, and where. */
  private void report(Statement statement, String esper, Throwable cause) {
    String message = esper == null ? String.valueOf(cause) : esper;
    int echoed = message.indexOf(" [");
    if (echoed > 0 && message.endsWith("]")) {
      String tail = message.substring(echoed + 2, message.length() - 1).strip();
      if (statement.epl().contains(tail)) {
        message = message.substring(0, echoed);
      }
    }
    Matcher position = POSITION.matcher(message);
    if (position.find()) {
      int start =
          problems.index(Integer.parseInt(position.group(1)), Integer.parseInt(position.group(2)));
      Token token = tokenAt(statement, start);
      problems.at(
          start,
          token == null ? start + 1 : token.end(),
          message.replace(position.group(), "").strip());
      return;
    }
    Matcher quoted = QUOTED.matcher(message);
    Token best = statement.tokens().getFirst();
    int length = Integer.MAX_VALUE;
    // The shortest thing that is quoted and stands in the text is nearest to the fault.
    while (quoted.find()) {
      String word = quoted.group(1);
      String name = word.substring(word.lastIndexOf('.') + 1);
      for (Token token : statement.tokens()) {
        if (token.word().equalsIgnoreCase(name) && name.length() < length) {
          best = token;
          length = name.length();
          break;
        }
      }
    }
    problems.at(best.start(), best.end(), message.strip());
  }

  private static Token tokenAt(Statement statement, int index) {
    for (Token token : statement.tokens()) {
      if (token.start() <= index && index < token.end()) {
        return token;
      }
    }
    return null;
  }
}
