package io.millrace.flow.query;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.query.UnsupportedQueryException.Place;
import io.millrace.flow.stateful.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;

/** Finds which column of each leaf is its events' time: the one that the steps above go by. */
final class LeafTimes {

  private final List<Node.Leaf> leaves;
  private final List<Integer> times;

  private LeafTimes(List<Node.Leaf> leaves) {
    this.leaves = leaves;
    this.times = new ArrayList<>(Collections.nCopies(leaves.size(), -1));
  }

  /**
   * @return the column of each leaf, or -1
   * @throws UnsupportedQueryException if two steps go by different columns of one leaf
   */
  static List<Integer> of(Node root, List<Node.Leaf> leaves) {
    LeafTimes times = new LeafTimes(leaves);
    times.visit(root);
    return times.times;
  }

  private void visit(Node node) {
    switch (node) {
      case Node.Windowed n -> need(n.input(), n.time(), "a window", Place.WINDOW);
      case Node.WindowAggregate n -> need(n.input(), n.time(), "a window", Place.WINDOW);
      case Node.Over n -> need(n.input(), n.time(), "ORDER BY of OVER", Place.OVER);
      case Node.Deduplicate n -> need(n.input(), n.time(), "ORDER BY of ROW_NUMBER", Place.OVER);
      case Node.Match n -> need(n.input(), n.time(), "ORDER BY of MATCH_RECOGNIZE", Place.MATCH);
      case Node.IntervalJoin n -> {
        need(n.left(), n.leftTime(), "a join", Place.JOIN);
        need(n.right(), n.rightTime(), "a join", Place.JOIN);
      }
      default -> {}
    }
    node.inputs().forEach(this::visit);
  }

  private void need(Node input, int column, String what, Place place) {
    try {
      need(input, column, what);
    } catch (UnsupportedQueryException e) {
      throw e.at(place);
    }
  }

  private void need(Node input, int column, String what) {
    RelDataTypeField field = input.row().getFieldList().get(column);
    if (field.getType().getSqlTypeName() != SqlTypeName.TIMESTAMP) {
      throw new UnsupportedQueryException(
          Code.TYPE_MISMATCH,
          what
              + " needs a time, and "
              + field.getName()
              + " is no TIMESTAMP; give the column that holds the events' time");
    }
    Lineage.WindowPart part = Lineage.windowPart(input, column);
    if (part == Lineage.WindowPart.TIME || part == Lineage.WindowPart.END) {
      return;
    }
    if (part == Lineage.WindowPart.START) {
      throw PieceTools.unsupported(
          what + " cannot go by the start of windows that are over; use window_time");
    }
    Map<Integer, Integer> sources = Lineage.sources(input, column, false);
    if (sources == null) {
      throw PieceTools.unsupported(
          what
              + " goes by "
              + field.getName()
              + ", which is computed from several events; put the query below it into a stream of"
              + " its own with TIMESTAMP BY, and read that");
    }
    sources.forEach((leaf, own) -> set(leaf, own));
  }

  private void set(int leaf, int column) {
    int before = times.set(leaf, column);
    if (before >= 0 && before != column) {
      List<String> names = leaves.get(leaf).row().getFieldNames();
      throw PieceTools.unsupported(
          "the query goes by two times of the same events, "
              + names.get(before)
              + " and "
              + names.get(column)
              + "; go by one of them, or make two streams of it");
    }
  }
}
