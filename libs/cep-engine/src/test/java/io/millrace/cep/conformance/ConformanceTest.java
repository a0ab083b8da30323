package io.millrace.cep.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.cep.Refusals;
import io.millrace.cep.SavedState;
import io.millrace.cep.StatefulQuery;
import io.millrace.cep.StatefulTask;
import io.millrace.cep.TaskOutput;
import io.millrace.flow.query.QueryCompiler;
import io.millrace.flow.query.QueryException;
import io.millrace.rows.RowError;
import io.millrace.rows.UnsupportedQueryException;
import io.millrace.rows.time.InputTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every statement gives the rows that Flink SQL gives on the same events, also when its task is
 * saved and restored in between. What is not supported is rejected.
 */
class ConformanceTest {

  private static final Path CASES = Path.of("src/test/resources/conformance");
  private static final long NEVER_IDLE = Long.MAX_VALUE / 2;
  private static final int CUTS = 3;

  private final Map<String, Scenario> scenarios = new HashMap<>();

  @TestFactory
  Stream<DynamicTest> statements() throws IOException {
    Map<String, String> unsupported = unsupported();
    return names().stream()
        .map(name ->
            unsupported.containsKey(name)
                ? DynamicTest.dynamicTest(name + " is rejected", () -> rejected(name))
                : DynamicTest.dynamicTest(name, () -> same(name)));
  }

  private void same(String name) throws IOException {
    Statement statement = Statement.parse(Files.readAllLines(CASES.resolve(name + ".sql")));
    Result expected = Result.parse(Files.readAllLines(CASES.resolve(name + ".expected")));
    Scenario scenario = scenario(statement);
    StatefulQuery query = compile(statement, scenario);
    Result whole = run(query, statement, scenario, new TreeSet<>());
    assertThat(differences(statement, expected, whole)).as(statement.sql()).isEmpty();

    Random random = new Random(name.hashCode());
    TreeSet<Integer> cuts = new TreeSet<>();
    while (cuts.size() < CUTS) {
      cuts.add(random.nextInt(scenario.events().size()));
    }
    Result restored = run(query, statement, scenario, cuts);
    assertThat(restored.rows()).as("saved and restored before %s", cuts).isEqualTo(whole.rows());
  }

  private void rejected(String name) throws IOException {
    Statement statement = Statement.parse(Files.readAllLines(CASES.resolve(name + ".sql")));
    Scenario scenario = scenario(statement);
    Throwable reason = catchThrowable(() -> compile(statement, scenario));
    assertThat(reason)
        .as(statement.sql())
        .isInstanceOfAny(QueryException.class, UnsupportedQueryException.class);
    assertThat(reason.getMessage()).isNotBlank();
  }

  private static List<String> differences(Statement statement, Result expected, Result actual) {
    return statement.updates() == null
        ? Result.differences(expected, actual)
        : Result.differencesOfUpdates(expected, actual, statement.updates());
  }

  private static StatefulQuery compile(Statement statement, Scenario scenario) {
    return StatefulQuery.compile(
        new QueryCompiler().compileStateful(statement.sql(), scenario.rows(), List.of()));
  }

  private static Result run(
      StatefulQuery query, Statement statement, Scenario scenario, TreeSet<Integer> cuts) {
    Map<String, InputTime> times = new HashMap<>();
    scenario
        .streams()
        .forEach((name, stream) ->
            times.put(
                name,
                InputTime.ofLateness(
                    statement.lateness().getOrDefault(name, stream.lateness()) * 1000)));
    Output output = new Output();
    SavedState saved = new SavedState();
    StatefulTask task = query.task(times, NEVER_IDLE, output);
    for (int i = 0; i < scenario.events().size(); i++) {
      if (cuts.contains(i)) {
        saved.save(task);
        task = query.task(times, NEVER_IDLE, output);
        saved.restore(task);
      }
      Scenario.Event event = scenario.events().get(i);
      if (query.inputs().contains(event.stream())) {
        task.process(
            event.stream(),
            List.<Object[]>of(event.row()),
            new long[] {event.time()},
            new int[1],
            output);
      }
    }
    task.advance(Long.MAX_VALUE);
    return Result.of(query.output(), output.rows);
  }

  private Scenario scenario(Statement statement) throws IOException {
    Scenario known = scenarios.get(statement.input());
    if (known == null) {
      Path file = CASES.resolve("inputs").resolve(statement.input() + ".csv");
      known = Scenario.parse(Files.readAllLines(file));
      scenarios.put(statement.input(), known);
    }
    return known;
  }

  private static List<String> names() throws IOException {
    try (Stream<Path> files = Files.walk(CASES)) {
      return files
          .map(file -> CASES.relativize(file).toString().replace('\\', '/'))
          .filter(file -> file.endsWith(".sql") && !file.endsWith(".flink.sql"))
          .map(file -> file.substring(0, file.length() - ".sql".length()))
          .sorted()
          .toList();
    }
  }

  /** Names of statements that are not supported, with the reason. */
  private static Map<String, String> unsupported() throws IOException {
    Map<String, String> unsupported = new HashMap<>();
    for (String line : Files.readAllLines(CASES.resolve("unsupported.txt"))) {
      String[] parts = line.split(": ", 2);
      unsupported.put(parts[0], parts[1]);
    }
    return unsupported;
  }

  /** Keeps rows; late ones are not kept, as Flink does not; nothing may fail. */
  private static final class Output implements TaskOutput, Refusals {
    final List<Object[]> rows = new ArrayList<>();

    @Override
    public void row(Object[] row, long time) {
      rows.add(row);
    }

    @Override
    public void late(int index, long watermark) {}

    @Override
    public void failed(RowError error) {
      throw new AssertionError(error.toString());
    }
  }
}
