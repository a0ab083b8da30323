package io.millrace.cep.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cep.Refusals;
import io.millrace.cep.SavedState;
import io.millrace.cep.StatefulQuery;
import io.millrace.cep.StatefulTask;
import io.millrace.cep.TaskOutput;
import io.millrace.cep.group.MapDisk;
import io.millrace.flow.query.QueryCompiler;
import io.millrace.rows.RowError;
import io.millrace.rows.time.InputTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever comes in, in whatever portions, and wherever a task is lost and its successor takes over
 * its state, and however little memory it has: what comes out is the same. Over all statements of
 * the suite, with events left out, doubled and out of order at random. Two rounds each; twenty if
 * the property {@code millrace.faults} is {@code full}.
 */
class RandomRecoveryTest {

  private static final Path CASES = Path.of("src/test/resources/conformance");
  private static final long IDLE_MICROS = 10_000_000;
  private static final int ROUNDS = "full".equals(System.getProperty("millrace.faults")) ? 20 : 2;
  private static final int LARGEST_PORTION = 12;
  private static final long RETENTION_MILLIS = 3000;

  private final Map<String, Scenario> scenarios = new HashMap<>();

  @TestFactory
  Stream<DynamicTest> statements() throws IOException {
    List<String> unsupported =
        Files.readAllLines(CASES.resolve("unsupported.txt")).stream()
            .map(line -> line.split(": ", 2)[0])
            .toList();
    try (Stream<Path> files = Files.walk(CASES)) {
      return files
          .map(file -> CASES.relativize(file).toString().replace('\\', '/'))
          .filter(file -> file.endsWith(".sql") && !file.endsWith(".flink.sql"))
          .map(file -> file.substring(0, file.length() - ".sql".length()))
          .filter(name -> !unsupported.contains(name))
          .sorted()
          .toList()
          .stream()
          .map(name -> DynamicTest.dynamicTest(name, () -> recovers(name)));
    }
  }

  private void recovers(String name) throws IOException {
    recovers(name, 0);
    if (name.startsWith("group/")) {
      recovers(name, RETENTION_MILLIS);
    }
  }

  /**
   * @param retention how long keys without a window are remembered, milliseconds; 0: for ever
   */
  private void recovers(String name, long retention) throws IOException {
    Statement statement = Statement.parse(Files.readAllLines(CASES.resolve(name + ".sql")));
    Scenario scenario = scenario(statement.input());
    StatefulQuery query =
        StatefulQuery.compile(
            new QueryCompiler(retention)
                .compileStateful(statement.sql(), scenario.rows(), List.of()));
    Map<String, InputTime> times = new HashMap<>();
    scenario
        .streams()
        .forEach((stream, as) -> times.put(stream, InputTime.ofLateness(as.lateness() * 1000)));
    for (int round = 0; round < ROUNDS; round++) {
      Random random = new Random(name.hashCode() * 31L + round);
      List<List<Scenario.Event>> portions = portions(disturbed(scenario.events(), random), random);
      List<String> whole = run(query, times, portions, null);
      assertThat(run(query, times, portions, random))
          .as("%s, round %d", name, round)
          .isEqualTo(whole);
    }
  }

  private static List<Scenario.Event> disturbed(List<Scenario.Event> events, Random random) {
    List<Scenario.Event> disturbed = new ArrayList<>();
    for (Scenario.Event event : events) {
      int copies = random.nextInt(8) == 0 ? random.nextInt(3) : 1;
      for (int i = 0; i < copies; i++) {
        int behind = random.nextInt(4) == 0 ? random.nextInt(6) : 0;
        disturbed.add(Math.max(0, disturbed.size() - behind), event);
      }
    }
    return disturbed;
  }

  /** What a task gets in one call each: events of one input. */
  private static List<List<Scenario.Event>> portions(List<Scenario.Event> events, Random random) {
    List<List<Scenario.Event>> portions = new ArrayList<>();
    int room = 0;
    for (Scenario.Event event : events) {
      if (room == 0 || !portions.getLast().getFirst().stream().equals(event.stream())) {
        portions.add(new ArrayList<>());
        room = 1 + random.nextInt(LARGEST_PORTION);
      }
      portions.getLast().add(event);
      room--;
    }
    return portions;
  }

  /**
   * Runs a query.
   *
   * @param losses where the task is lost; null: nowhere
   */
  private static List<String> run(
      StatefulQuery query,
      Map<String, InputTime> times,
      List<List<Scenario.Event>> portions,
      Random losses) {
    Written written = new Written();
    SavedState saved = new SavedState();
    StatefulTask task = query.task(times, IDLE_MICROS, written);
    for (List<Scenario.Event> portion : portions) {
      if (losses != null && losses.nextInt(10) == 0) {
        saved.save(task);
        saved.compact(losses);
        task = query.task(times, IDLE_MICROS, written);
        saved.restore(task);
      }
      if (losses != null && losses.nextInt(4) == 0) {
        task.spill(0.2, 0, MapDisk::new);
      }
      String stream = portion.getFirst().stream();
      if (query.inputs().contains(stream)) {
        task.process(
            stream,
            portion.stream().map(Scenario.Event::row).toList(),
            portion.stream().mapToLong(Scenario.Event::time).toArray(),
            new int[portion.size()],
            written);
      }
    }
    task.advance(Long.MAX_VALUE);
    return written.rows;
  }

  private Scenario scenario(String input) throws IOException {
    Scenario known = scenarios.get(input);
    if (known == null) {
      known = Scenario.parse(Files.readAllLines(CASES.resolve("inputs").resolve(input + ".csv")));
      scenarios.put(input, known);
    }
    return known;
  }

  /** All that a task says, in its order. */
  private static final class Written implements TaskOutput, Refusals {
    final List<String> rows = new ArrayList<>();

    @Override
    public void row(Object[] row, long time) {
      rows.add(time + " " + Arrays.deepToString(row));
    }

    @Override
    public void late(int index, long watermark) {
      rows.add("late " + index + " " + watermark);
    }

    @Override
    public void failed(RowError error) {
      rows.add("failed " + error.code() + " " + error.message());
    }
  }
}
