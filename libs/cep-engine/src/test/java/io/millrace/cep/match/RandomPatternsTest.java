package io.millrace.cep.match;

import static io.millrace.cep.match.Patterns.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cep.Collected;
import io.millrace.cep.operator.Operator;
import io.millrace.flow.query.QueryException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random patterns over random rows, against a matcher that tries everything from the beginning. */
class RandomPatternsTest {

  private static final List<List<String>> DEFINITIONS =
      List.of(
          List.of("A.tax <> 2", "B.tax >= 2", "C.tax = 3 OR C.tax = 1"),
          List.of("A.tax = 1", "B.tax = 2", "C.tax = 3"),
          List.of("A.tax <> 2", "B.price > LAST(A.price)", "C.tax > 1 AND COUNT(A.price) < 4"),
          List.of("A.price > 2", "B.price >= FIRST(B.price)", "C.price < SUM(A.price)"));

  private static final String MEASURES =
      "MEASURES COUNT(A.id) AS ca, FIRST(A.id) AS fa, LAST(A.id) AS la, COUNT(B.id) AS cb,"
          + " FIRST(B.id) AS fb, LAST(B.id) AS lb, COUNT(C.id) AS cc, FIRST(C.id) AS fc, LAST(C.id)"
          + " AS lc, CLASSIFIER() AS l, MATCH_NUMBER() AS n ONE ROW PER MATCH ";

  private static final int WITHIN = 9;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void agreesWithTryingEverything(int seed) {
    Random random = new Random(seed);
    int tried = 0;
    while (tried < 25) {
      Pattern pattern = random(random, 3);
      int definitions = random.nextInt(DEFINITIONS.size());
      List<String> define = DEFINITIONS.get(definitions);
      boolean next = random.nextBoolean();
      String clause =
          MEASURES
              + (next ? "AFTER MATCH SKIP TO NEXT ROW" : "AFTER MATCH SKIP PAST LAST ROW")
              + " PATTERN ("
              + text(pattern)
              + ") WITHIN INTERVAL '"
              + WITHIN
              + "' SECOND DEFINE A AS "
              + define.get(0)
              + ", B AS "
              + define.get(1)
              + ", C AS "
              + define.get(2);
      Patterns patterns;
      try {
        patterns = Patterns.of(clause);
      } catch (QueryException e) {
        // Greedy at its end, or without a variable that is defined.
        continue;
      }
      tried++;
      check(patterns, clause, new Everything(pattern, definitions, next), random);
    }
  }

  private static void check(
      Patterns patterns, String clause, Everything everything, Random random) {
    Collected out = new Collected();
    Operator match = MatchOperator.of(patterns.node(), patterns.rex(), out);
    List<Object[]> rows = new ArrayList<>();
    int now = 0;
    for (int i = 0; i < 120; i++) {
      now += random.nextInt(3);
      int late = random.nextInt(3);
      Object[] row =
          Patterns.tick(
              "s" + random.nextInt(2),
              now + 2 - late,
              random.nextInt(8) == 0 ? null : random.nextInt(6),
              random.nextInt(8) == 0 ? null : 1 + random.nextInt(3),
              i);
      rows.add(row);
      match.event(0, row, (Long) row[1]);
      match.advance((now - 1) * SECOND);
      if (random.nextInt(20) == 0) {
        match =
            Collected.moved(match, o -> MatchOperator.of(patterns.node(), patterns.rex(), o), out);
      }
    }
    match.advance(Long.MAX_VALUE);
    assertThat(((MatchOperator) match).partitions()).as(clause).isEqualTo(2);
    rows.sort(Comparator.comparing(row -> (Long) row[1]));
    Map<Object, List<Object[]>> partitions = new HashMap<>();
    for (Object[] row : rows) {
      partitions.computeIfAbsent(row[0], s -> new ArrayList<>()).add(row);
    }
    List<String> expected = new ArrayList<>();
    partitions.values().forEach(partition -> expected.addAll(everything.matches(partition)));
    assertThat(out.take()).as(clause).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static Pattern random(Random random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(8);
    if (kind < 2) {
      return new Pattern.Variable(random.nextInt(3));
    }
    if (kind < 5) {
      List<Pattern> parts = new ArrayList<>();
      for (int i = 0; i < 2 + random.nextInt(2); i++) {
        parts.add(random(random, depth - 1));
      }
      return new Pattern.Sequence(parts);
    }
    if (kind == 5) {
      return new Pattern.Choice(List.of(random(random, depth - 1), random(random, depth - 1)));
    }
    Pattern part = random(random, random.nextInt(depth));
    if (part.shortest() == 0) {
      return part;
    }
    int least = random.nextInt(3);
    int most = random.nextBoolean() ? Pattern.ENDLESS : Math.max(1, least + random.nextInt(2));
    return new Pattern.Repeat(part, least, most, random.nextInt(3) > 0);
  }

  private static String text(Pattern pattern) {
    return switch (pattern) {
      case Pattern.Variable variable -> "ABC".substring(variable.number(), variable.number() + 1);
      case Pattern.Sequence sequence ->
          String.join(" ", sequence.parts().stream().map(p -> "(" + text(p) + ")").toList());
      case Pattern.Choice choice ->
          String.join(" | ", choice.parts().stream().map(p -> "(" + text(p) + ")").toList());
      case Pattern.Repeat repeat ->
          (repeat.part() instanceof Pattern.Variable
                  ? text(repeat.part())
                  : "(" + text(repeat.part()) + ")")
              + "{"
              + repeat.least()
              + ","
              + (repeat.most() == Pattern.ENDLESS ? "" : repeat.most())
              + "}"
              + (repeat.greedy() ? "" : "?");
    };
  }

  /** Tries all ways, the preferred first. */
  private record Everything(Pattern pattern, int definitions, boolean next) {

    /** A row and its variable. */
    private record Taken(Object[] row, int variable) {}

    /** What is behind a part of a pattern. */
    private interface Rest {
      void go(List<Taken> taken, List<Integer> keepers);
    }

    List<String> matches(List<Object[]> rows) {
      List<String> found = new ArrayList<>();
      int start = 0;
      int number = 1;
      while (start < rows.size()) {
        List<Taken> match = match(rows, start);
        if (match == null) {
          start++;
        } else {
          found.add(text(match, number++));
          start += next ? 1 : match.size();
        }
      }
      return found;
    }

    private List<Taken> match(List<Object[]> rows, int start) {
      List<List<Taken>> all = new ArrayList<>();
      boolean eager = pattern.plain() && !pattern.endsGreedily();
      walk(
          pattern,
          rows.subList(start, rows.size()),
          List.of(),
          List.of(),
          (taken, keepers) -> all.add(taken));
      if (all.isEmpty() || all.getFirst().isEmpty()) {
        return null;
      }
      return eager
          ? all.stream().min(Comparator.comparing(List::size)).orElseThrow()
          : all.getFirst();
    }

    private void walk(
        Pattern part, List<Object[]> rows, List<Taken> taken, List<Integer> keepers, Rest rest) {
      switch (part) {
        case Pattern.Variable variable -> {
          if (taken.size() < rows.size()) {
            Object[] row = rows.get(taken.size());
            boolean near = (Long) row[1] - (Long) rows.get(0)[1] < WITHIN * SECOND;
            if (near
                && can(variable.number(), row, taken)
                && keepers.stream().noneMatch(keeper -> can(keeper, row, taken))) {
              List<Taken> more = new ArrayList<>(taken);
              more.add(new Taken(row, variable.number()));
              rest.go(more, List.of());
            }
          }
        }
        case Pattern.Sequence sequence -> sequence(sequence.parts(), rows, taken, keepers, rest);
        case Pattern.Choice choice ->
            choice.parts().forEach(each -> walk(each, rows, taken, keepers, rest));
        case Pattern.Repeat repeat -> repeat(repeat, 0, rows, taken, keepers, rest);
      }
    }

    private void sequence(
        List<Pattern> parts,
        List<Object[]> rows,
        List<Taken> taken,
        List<Integer> keepers,
        Rest rest) {
      if (parts.isEmpty()) {
        rest.go(taken, keepers);
        return;
      }
      walk(
          parts.getFirst(),
          rows,
          taken,
          keepers,
          (more, kept) -> sequence(parts.subList(1, parts.size()), rows, more, kept, rest));
    }

    private void repeat(
        Pattern.Repeat repeat,
        int times,
        List<Object[]> rows,
        List<Taken> taken,
        List<Integer> keepers,
        Rest rest) {
      Runnable again =
          () ->
              walk(
                  repeat.part(),
                  rows,
                  taken,
                  keepers,
                  (more, kept) -> repeat(repeat, times + 1, rows, more, kept, rest));
      Runnable exit =
          () -> {
            List<Integer> behind = keepers;
            if (repeat.greedy()
                && repeat.part() instanceof Pattern.Variable variable
                && repeat.least() != repeat.most()
                && !(repeat.least() == 0 && repeat.most() == 1)) {
              behind = new ArrayList<>(keepers);
              behind.add(variable.number());
            }
            rest.go(taken, behind);
          };
      if (times < repeat.least()) {
        again.run();
      } else if (times == repeat.most()) {
        exit.run();
      } else if (repeat.greedy()) {
        again.run();
        exit.run();
      } else {
        exit.run();
        again.run();
      }
    }

    private boolean can(int variable, Object[] row, List<Taken> taken) {
      Integer price = (Integer) row[2];
      Integer tax = (Integer) row[3];
      return switch (10 * definitions + variable) {
        case 0, 20 -> tax != null && tax != 2;
        case 1 -> tax != null && tax >= 2;
        case 2 -> tax != null && (tax == 3 || tax == 1);
        case 10, 11, 12 -> tax != null && tax == variable + 1;
        case 21 -> price != null && last(taken, 0) != null && price > last(taken, 0);
        case 22 ->
            tax != null
                && tax > 1
                && taken.stream().filter(t -> t.variable == 0 && t.row[2] != null).count() < 4;
        case 30 -> price != null && price > 2;
        case 31 -> {
          boolean any = taken.stream().anyMatch(t -> t.variable == 1);
          Integer compared = any ? firstOf(taken, 1) : price;
          yield price != null && compared != null && price >= compared;
        }
        default -> {
          long sum = 0;
          boolean some = false;
          for (Taken t : taken) {
            if (t.variable == 0 && t.row[2] != null) {
              sum += (Integer) t.row[2];
              some = true;
            }
          }
          yield price != null && some && price < sum;
        }
      };
    }

    private static Integer firstOf(List<Taken> taken, int variable) {
      for (Taken t : taken) {
        if (t.variable == variable) {
          return (Integer) t.row[2];
        }
      }
      return null;
    }

    private static Integer last(List<Taken> taken, int variable) {
      for (Taken t : taken.reversed()) {
        if (t.variable == variable) {
          return (Integer) t.row[2];
        }
      }
      return null;
    }

    private static String text(List<Taken> match, int number) {
      List<Object> values = new ArrayList<>();
      values.add(match.getFirst().row[0]);
      for (int variable = 0; variable < 3; variable++) {
        int of = variable;
        List<Object> ids = match.stream().filter(t -> t.variable == of).map(t -> t.row[4]).toList();
        values.add(ids.size());
        values.add(ids.isEmpty() ? null : ids.getFirst());
        values.add(ids.isEmpty() ? null : ids.getLast());
      }
      values.add("ABC".substring(match.getLast().variable, match.getLast().variable + 1));
      values.add(number);
      return values + "@" + match.getLast().row[1];
    }
  }
}
