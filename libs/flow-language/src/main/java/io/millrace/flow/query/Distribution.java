package io.millrace.flow.query;

import io.millrace.flow.stateful.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds by which columns the leaves' rows can be spread over tasks, so that whatever a step has to
 * see together meets in one: a column of the keys of every step, followed down to every leaf.
 */
final class Distribution {

  /**
   * What a part of the tree allows.
   *
   * @param free whether any spreading will do
   * @param columns the columns that may be spread by: for each leaf of the part one that holds it
   * @param parts parts that have nothing to do with one another; then {@code columns} is not used
   */
  private record Allowed(
      boolean free,
      List<Map<Integer, Integer>> columns,
      List<Allowed> parts,
      List<Integer> leaves) {

    boolean takes(Map<Integer, Integer> column) {
      Map<Integer, Integer> own = new TreeMap<>(column);
      own.keySet().retainAll(leaves);
      return free
          || (parts.isEmpty() ? columns.contains(own) : parts.stream().allMatch(p -> p.takes(own)));
    }

    List<Map<Integer, Integer>> resolved() {
      if (parts.isEmpty()) {
        return columns;
      }
      List<List<Map<Integer, Integer>>> each = parts.stream().map(Allowed::resolved).toList();
      int size = each.stream().mapToInt(List::size).min().orElse(0);
      List<Map<Integer, Integer>> all = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        Map<Integer, Integer> column = new TreeMap<>();
        for (List<Map<Integer, Integer>> part : each) {
          column.putAll(part.get(i));
        }
        all.add(column);
      }
      return all;
    }
  }

  private final List<Map<Integer, Integer>> columns;

  private Distribution(List<Map<Integer, Integer>> columns) {
    this.columns = columns;
  }

  static Distribution of(Node root) {
    return new Distribution(allowed(root).resolved());
  }

  /** For each leaf the columns; empty lists when everything has to meet. */
  List<List<Integer>> columns(int leaves) {
    return IntStream.range(0, leaves)
        .mapToObj(leaf -> columns.stream().map(c -> c.get(leaf)).toList())
        .toList();
  }

  /** For each of the columns the one of the output that has its value, or -1. */
  List<Integer> outputs(Node root) {
    return columns.stream()
        .map(c ->
            IntStream.range(0, root.row().getFieldCount())
                .filter(i -> c.equals(Lineage.sources(root, i, true)))
                .findFirst()
                .orElse(-1))
        .toList();
  }

  private static Allowed allowed(Node node) {
    return switch (node) {
      case Node.Leaf leaf -> new Allowed(true, List.of(), List.of(), List.of(leaf.index()));
      case Node.Calc calc -> allowed(calc.input());
      case Node.Union union -> {
        List<Allowed> parts = union.inputs().stream().map(Distribution::allowed).toList();
        boolean free = parts.stream().allMatch(Allowed::free);
        yield new Allowed(free, List.of(), free ? List.of() : parts, Lineage.leaves(union));
      }
      case Node.Windowed n when n.window() instanceof io.millrace.flow.stateful.Window.Session s ->
          keyed(n, n.input(), s.keys());
      case Node.Windowed n -> allowed(n.input());
      case Node.WindowAggregate n -> keyed(n, n.input(), n.keys());
      case Node.AttachedAggregate n -> keyed(n, n.input(), n.keys());
      case Node.GroupAggregate n -> keyed(n, n.input(), n.keys());
      case Node.Over n -> keyed(n, n.input(), n.partition());
      case Node.WindowTop n -> keyed(n, n.input(), n.partition());
      case Node.Deduplicate n -> keyed(n, n.input(), n.keys());
      case Node.Match n -> keyed(n, n.input(), n.partition());
      case Node.IntervalJoin n -> joined(n, n.left(), n.right(), n.leftKeys(), n.rightKeys());
      case Node.WindowJoin n -> joined(n, n.left(), n.right(), n.leftKeys(), n.rightKeys());
    };
  }

  private static Allowed keyed(Node node, Node input, List<Integer> keys) {
    List<Integer> leaves = Lineage.leaves(node);
    Allowed below = allowed(input);
    List<Map<Integer, Integer>> columns =
        keys.stream()
            .filter(k -> Lineage.windowPart(input, k) == Lineage.WindowPart.NONE)
            .map(k -> Lineage.sources(input, k, true))
            .filter(c -> c != null && c.keySet().containsAll(leaves) && below.takes(c))
            .distinct()
            .collect(Collectors.toList());
    return new Allowed(false, columns, List.of(), leaves);
  }

  private static Allowed joined(
      Node node, Node left, Node right, Collection<Integer> leftKeys, List<Integer> rightKeys) {
    List<Integer> leaves = Lineage.leaves(node);
    Allowed ofLeft = allowed(left);
    Allowed ofRight = allowed(right);
    List<Map<Integer, Integer>> columns = new ArrayList<>();
    int i = 0;
    for (int key : leftKeys) {
      Map<Integer, Integer> column = Lineage.sources(left, key, true);
      Map<Integer, Integer> other = Lineage.sources(right, rightKeys.get(i++), true);
      if (column != null
          && other != null
          && Lineage.windowPart(left, key) == Lineage.WindowPart.NONE) {
        Map<Integer, Integer> both = new TreeMap<>(column);
        both.putAll(other);
        if (both.keySet().containsAll(leaves)
            && ofLeft.takes(both)
            && ofRight.takes(both)
            && !columns.contains(both)) {
          columns.add(both);
        }
      }
    }
    return new Allowed(false, columns, List.of(), leaves);
  }
}
