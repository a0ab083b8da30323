package io.millrace.cep.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A pattern as a machine (K. Thompson's construction with R. Pike's priorities): for the start and
 * behind each place that takes a row, what may come next, the preferred first. Immutable.
 */
final class Program {

  /** A node of the machine before its empty moves are worked out. */
  private static final class Node {
    /** The variable of the row that it takes; -1: none. */
    int variable = -1;

    /** Its number among those that take rows. */
    int position = -1;

    /** A variable that keeps rows from what comes behind it; -1: none. */
    int keeper = -1;

    boolean end;

    /** Where to go next, the preferred first; behind the row, if it takes one. */
    List<Node> next = new ArrayList<>(2);
  }

  private final Option[] start;
  private final Option[][] after;
  private final int options;
  private final boolean eager;

  private Program(Option[] start, Option[][] after, int options, boolean eager) {
    this.start = start;
    this.after = after;
    this.options = options;
    this.eager = eager;
  }

  static Program of(Pattern pattern) {
    Builder builder = new Builder();
    Node end = new Node();
    end.end = true;
    Node first = builder.build(pattern, end);
    Option[][] after = new Option[builder.takers.size()][];
    for (Node taker : builder.takers) {
      after[taker.position] = builder.options(taker.next.getFirst());
    }
    Option[] start =
        Arrays.stream(builder.options(first)).takeWhile(o -> !o.ends()).toArray(Option[]::new);
    return new Program(
        start, after, builder.known.size(), pattern.plain() && !pattern.endsGreedily());
  }

  /** What the first row may be; an empty match is none, and nothing is tried behind it. */
  Option[] start() {
    return start;
  }

  /** What may come behind a position. */
  Option[] after(int position) {
    return after[position];
  }

  /** Whether the first way that is complete is the match, even if a preferred one goes on. */
  boolean eager() {
    return eager;
  }

  /** How many options there are. */
  int options() {
    return options;
  }

  private static final class Builder {
    final List<Node> takers = new ArrayList<>();
    final Map<List<Object>, Option> known = new HashMap<>();

    Node build(Pattern pattern, Node next) {
      return switch (pattern) {
        case Pattern.Variable variable -> {
          Node node = new Node();
          node.variable = variable.number();
          node.position = takers.size();
          node.next.add(next);
          takers.add(node);
          yield node;
        }
        case Pattern.Sequence sequence -> {
          Node first = next;
          for (Pattern part : sequence.parts().reversed()) {
            first = build(part, first);
          }
          yield first;
        }
        case Pattern.Choice choice -> {
          Node node = new Node();
          for (Pattern part : choice.parts()) {
            node.next.add(build(part, next));
          }
          yield node;
        }
        case Pattern.Repeat repeat -> repeat(repeat, next);
      };
    }

    private Node repeat(Pattern.Repeat repeat, Node next) {
      Node exit = next;
      if (repeat.keeps()) {
        exit = new Node();
        exit.keeper = ((Pattern.Variable) repeat.part()).number();
        exit.next.add(next);
      }
      Node first;
      if (repeat.most() == Pattern.ENDLESS) {
        first = new Node();
        Node body = build(repeat.part(), first);
        fork(first, body, exit, !repeat.greedy());
      } else {
        first = exit;
        for (int i = repeat.least(); i < repeat.most(); i++) {
          Node fork = new Node();
          fork(fork, build(repeat.part(), first), exit, !repeat.greedy());
          first = fork;
        }
      }
      for (int i = 0; i < repeat.least(); i++) {
        first = build(repeat.part(), first);
      }
      return first;
    }

    private static void fork(Node fork, Node body, Node exit, boolean yields) {
      fork.next.add(yields ? exit : body);
      fork.next.add(yields ? body : exit);
    }

    /** All that can be reached without a row, in the order of preference. */
    Option[] options(Node from) {
      Set<Option> found = new LinkedHashSet<>();
      walk(from, new TreeSet<>(), new ArrayList<>(), found);
      return found.toArray(Option[]::new);
    }

    private void walk(Node node, TreeSet<Integer> keepers, List<Node> path, Set<Option> found) {
      if (node.end) {
        // What ended a loop does not keep the match from ending.
        found.add(option(-1, -1, new TreeSet<>()));
      } else if (node.variable >= 0) {
        found.add(option(node.variable, node.position, keepers));
      } else if (!path.contains(node)) {
        path.add(node);
        TreeSet<Integer> behind = keepers;
        if (node.keeper >= 0) {
          behind = new TreeSet<>(keepers);
          behind.add(node.keeper);
        }
        for (Node next : node.next) {
          walk(next, behind, path, found);
        }
        path.removeLast();
      }
    }

    private Option option(int variable, int position, TreeSet<Integer> keepers) {
      return known.computeIfAbsent(
          List.of(position, List.copyOf(keepers)),
          key ->
              new Option(
                  known.size(),
                  variable,
                  position,
                  keepers.stream().mapToInt(Integer::intValue).toArray()));
    }
  }
}
