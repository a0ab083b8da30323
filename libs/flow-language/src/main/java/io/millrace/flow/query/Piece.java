package io.millrace.flow.query;

import io.millrace.flow.stateful.Node;
import io.millrace.flow.stateful.Window;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/** A part of a stateful query while it is built. */
sealed interface Piece {

  RelDataType row();

  /**
   * This with a filter and a projection behind it.
   *
   * @param condition over this row, or null
   */
  Piece calc(PieceTools tools, RexNode condition, List<RexNode> projection, List<String> names);

  /** The finished step. */
  Node node(PieceTools tools);

  /** Stateless so far: a relational tree over scans. */
  record Stateless(RelNode rel) implements Piece {
    @Override
    public RelDataType row() {
      return rel.getRowType();
    }

    @Override
    public Piece calc(
        PieceTools tools, RexNode condition, List<RexNode> projection, List<String> names) {
      RelNode input = condition == null ? rel : LogicalFilter.create(rel, condition);
      return new Stateless(
          LogicalProject.create(input, List.of(), projection, names, java.util.Set.of()));
    }

    @Override
    public Node node(PieceTools tools) {
      return tools.leaf(rel);
    }
  }

  /** A step. */
  record Step(Node node) implements Piece {
    @Override
    public RelDataType row() {
      return node.row();
    }

    @Override
    public Piece calc(
        PieceTools tools, RexNode condition, List<RexNode> projection, List<String> names) {
      if (condition == null && RexUtil.isIdentity(projection, node.row())) {
        return this;
      }
      Node input = node;
      RexNode all = condition;
      List<RexNode> projects = projection;
      if (node instanceof Node.Calc below) {
        input = below.input();
        all = tools.both(below.condition(), tools.over(condition, below.projection()));
        projects = projection.stream().map(p -> tools.over(p, below.projection())).toList();
      }
      return new Step(
          new Node.Calc(
              input,
              all == null ? null : tools.checked(all),
              projects.stream().map(tools::checked).toList(),
              tools.row(names, projects.stream().map(RexNode::getType).toList())));
    }

    @Override
    public Node node(PieceTools tools) {
      return node;
    }
  }

  /**
   * Rows in windows, perhaps with a filter and a projection behind that.
   *
   * @param input what is put into windows
   * @param time its column
   * @param windowed its columns, then window_start, window_end, window_time
   * @param condition over {@code windowed}, or null
   */
  record InWindows(
      Piece input,
      Window window,
      int time,
      RelDataType windowed,
      RexNode condition,
      List<RexNode> projection,
      RelDataType row)
      implements Piece {

    @Override
    public Piece calc(PieceTools tools, RexNode more, List<RexNode> projects, List<String> names) {
      List<RexNode> merged = projects.stream().map(p -> tools.over(p, projection)).toList();
      return new InWindows(
          input,
          window,
          time,
          windowed,
          tools.both(condition, tools.over(more, projection)),
          merged,
          tools.row(names, merged.stream().map(RexNode::getType).toList()));
    }

    @Override
    public Node node(PieceTools tools) {
      int width = input.row().getFieldCount();
      ImmutableBitSet used = used(width);
      List<RexNode> kept = new ArrayList<>();
      List<String> names = new ArrayList<>();
      List<RexNode> moved = new ArrayList<>();
      for (int i = 0; i < windowed.getFieldCount(); i++) {
        boolean own = i >= width;
        moved.add(
            own || used.get(i)
                ? new RexInputRef(
                    own ? used.cardinality() + i - width : used.indexOf(i),
                    windowed.getFieldList().get(i).getType())
                : null);
        if (!own && used.get(i)) {
          kept.add(tools.ref(input.row(), i));
        }
        if (own || used.get(i)) {
          names.add(windowed.getFieldNames().get(i));
        }
      }
      Node below = input.calc(tools, null, kept, names.subList(0, kept.size())).node(tools);
      Window narrowed =
          window instanceof Window.Session session
              ? new Window.Session(
                  session.gap(), session.keys().stream().map(used::indexOf).toList())
              : window;
      List<RelDataType> types = new ArrayList<>();
      moved.stream().filter(m -> m != null).forEach(m -> types.add(m.getType()));
      Node node = new Node.Windowed(below, narrowed, used.indexOf(time), tools.row(names, types));
      return new Step(node)
          .calc(
              tools,
              tools.over(condition, moved),
              projection.stream().map(p -> tools.over(p, moved)).toList(),
              row.getFieldNames())
          .node(tools);
    }

    /** The columns of the input that something reads. */
    private ImmutableBitSet used(int width) {
      ImmutableBitSet all = RelOptUtil.InputFinder.bits(projection, condition);
      ImmutableBitSet.Builder used = ImmutableBitSet.builder();
      all.except(ImmutableBitSet.range(width, windowed.getFieldCount())).forEach(used::set);
      used.set(time);
      if (window instanceof Window.Session session) {
        session.keys().forEach(used::set);
      }
      return used.build();
    }
  }
}
