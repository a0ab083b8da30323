package io.millrace.cep.epl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A task that is rebuilt from the events within its query's horizon gives the same rows from then
 * on as one that never failed: for every construct of the golden file, over random events.
 */
class ReplayTest {
  private static final int SEEDS = Integer.getInteger("millrace.seeds", 6);
  private static final int EVENTS = 160;

  static Stream<Arguments> queries() throws IOException {
    List<Arguments> queries = new ArrayList<>();
    for (HorizonTest.Case one : HorizonTest.cases("horizons.golden")) {
      try {
        queries.add(Arguments.of(one.title(), EplRun.compile(one.epl(), one.output())));
      } catch (EplException e) {
        // The golden file says so.
      }
    }
    assertThat(queries).hasSizeGreaterThan(15);
    return queries.stream();
  }

  /** An event, or a watermark when it has no stream. */
  record Input(String stream, Object[] row, long time) {}

  /** Events of both streams in nearly the order of time, with the watermarks between them. */
  static List<Input> inputs(Random random, List<String> streams) {
    List<Input> inputs = new ArrayList<>();
    long now = 1_700_000_000_000_000L + random.nextLong(100_000_000_000L);
    long highest = now;
    long watermark = Long.MIN_VALUE;
    for (int i = 0; i < EVENTS; i++) {
      int gap = random.nextInt(10);
      now += gap < 2 ? 0 : gap < 9 ? random.nextLong(6_000_000) : random.nextLong(70_000_000);
      long time = now - (random.nextInt(4) == 0 ? random.nextLong(3_000_000) : 0);
      if (time <= watermark) {
        time = watermark + 1;
      }
      String stream = streams.get(random.nextInt(streams.size()));
      inputs.add(new Input(stream, row(random, stream), time));
      highest = Math.max(highest, time);
      if (random.nextInt(3) == 0) {
        watermark = Math.max(watermark, highest - 3_000_000 - 1);
        inputs.add(new Input(null, null, watermark));
      }
    }
    inputs.add(new Input(null, null, highest + 200_000_000));
    return inputs;
  }

  private static Object[] row(Random random, String stream) {
    Integer id = random.nextInt(12) == 0 ? null : random.nextInt(3);
    BigDecimal money = BigDecimal.valueOf(random.nextInt(1000), 2);
    return stream.equals("Orders")
        ? new Object[] {
          id,
          random.nextInt(8) == 0 ? null : "p" + random.nextInt(2),
          random.nextLong(6),
          money,
          1.0,
          0L
        }
        : new Object[] {id, money, 0L};
  }

  static void feed(EplRun run, EplQuery query, Input input) {
    if (input.stream() == null) {
      run.operator.advance(input.time());
    } else {
      run.operator.event(query.inputs().indexOf(input.stream()), input.row(), input.time());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("queries")
  void givesTheSameTail(String title, EplQuery query) {
    int rows = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      List<Input> inputs = inputs(random, query.inputs());
      int crash = random.nextInt(inputs.size() / 4, inputs.size() - 1);
      while (inputs.get(crash).stream() != null) {
        crash++;
      }
      long from = inputs.get(crash).time() - query.horizonMicros() - earlier(random);

      EplRun undisturbed = new EplRun(query);
      EplRun rebuilt = new EplRun(query);
      // Whoever rebuilds a task sets the clock to where the replay begins.
      rebuilt.operator.advance(from - 1);
      int before = 0;
      int suppressed = 0;
      for (int i = 0; i < inputs.size(); i++) {
        Input input = inputs.get(i);
        feed(undisturbed, query, input);
        if (i > crash || input.time() >= from) {
          feed(rebuilt, query, input);
        }
        if (i == crash) {
          before = undisturbed.rows.size();
          suppressed = rebuilt.rows.size();
        }
      }
      rows += undisturbed.rows.size() - before;
      assertThat(rebuilt.rows.subList(suppressed, rebuilt.rows.size()))
          .as("seed " + seed)
          .isEqualTo(undisturbed.rows.subList(before, undisturbed.rows.size()));
    }
    assertThat(rows).as("rows that were compared").isPositive();
  }

  private static long earlier(Random random) {
    return random.nextBoolean() ? 0 : random.nextLong(100_000_000);
  }
}
