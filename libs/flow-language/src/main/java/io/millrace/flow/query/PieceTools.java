package io.millrace.flow.query;

import io.millrace.flow.stateful.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** What the pieces of a stateful query are put together with; numbers its leaves. */
final class PieceTools {

  private final RexBuilder rex;
  private final CheckedArithmetic checked;
  private final List<Integer> times;
  private final Map<Integer, String> parts;
  private final List<Node.Leaf> leaves = new ArrayList<>();

  /**
   * @param times the column of each leaf that is its time; leaves beyond have none
   * @param parts the streams that hold the rows of leaves, by the leaf's index
   */
  PieceTools(RexBuilder rex, List<Integer> times, Map<Integer, String> parts) {
    this.parts = parts;
    this.rex = rex;
    this.checked = new CheckedArithmetic(rex);
    this.times = times;
  }

  RexBuilder rex() {
    return rex;
  }

  List<Node.Leaf> leaves() {
    return leaves;
  }

  Node.Leaf leaf(RelNode rel) {
    int index = leaves.size();
    RelDataType given = rel.getRowType();
    RelDataType row =
        row(
            given.getFieldNames().stream().map(PieceTools::plain).toList(),
            given.getFieldList().stream().map(f -> f.getType()).toList());
    String part = parts.get(index);
    List<Branch> origin = new BranchBuilder(rex).build(rel);
    List<Branch> branches =
        part == null
            ? origin
            : List.of(new Branch(part, List.of(), row, List.copyOf(rex.identityProjects(row))));
    Node.Leaf leaf =
        new Node.Leaf(index, branches, row, index < times.size() ? times.get(index) : -1, origin);
    leaves.add(leaf);
    return leaf;
  }

  /** Calcite's own names of columns, such as $f3, without what other systems take ill. */
  private static String plain(String name) {
    return name.replace('$', '_');
  }

  /** A row; names that are there already get a number. */
  RelDataType row(List<String> names, List<RelDataType> types) {
    RelDataTypeFactory.Builder row =
        rex.getTypeFactory().builder().kind(StructKind.FULLY_QUALIFIED);
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < types.size(); i++) {
      String name = names.get(i);
      for (int n = 0; !taken.add(name.toLowerCase(Locale.ROOT)); n++) {
        name = names.get(i) + n;
      }
      row.add(name, types.get(i));
    }
    return row.build();
  }

  /** The columns of both, one row behind the other. */
  RelDataType row(RelDataType left, RelDataType right) {
    List<String> names = new ArrayList<>(left.getFieldNames());
    names.addAll(right.getFieldNames());
    List<RelDataType> types = new ArrayList<>();
    left.getFieldList().forEach(f -> types.add(f.getType()));
    right.getFieldList().forEach(f -> types.add(f.getType()));
    return row(names, types);
  }

  RexNode ref(RelDataType row, int index) {
    return new RexInputRef(index, row.getFieldList().get(index).getType());
  }

  /** An expression of a step as an engine runs it. */
  RexNode checked(RexNode node) {
    if (Asking.isIn(node)) {
      throw unsupported(
          "PREDICT is asked about what a stateful query gives; put that query into a stream of its"
              + " own (CREATE STREAM … AS) and ask in a query over it");
    }
    return node.accept(checked);
  }

  /** Both conditions; null stands for none. */
  RexNode both(RexNode a, RexNode b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return RexUtil.composeConjunction(rex, List.of(a, b));
  }

  /** An expression over a projection as one over the projection's input. */
  RexNode over(RexNode node, List<RexNode> projection) {
    return node == null
        ? null
        : node.accept(
            new RexShuttle() {
              @Override
              public RexNode visitInputRef(RexInputRef ref) {
                return projection.get(ref.getIndex());
              }
            });
  }

  /** A value in another type; NULL stays NULL. */
  RexNode cast(RexNode value, RelDataType type) {
    RelDataTypeFactory types = rex.getTypeFactory();
    return SqlTypeUtil.equalSansNullability(types, value.getType(), type)
        ? value
        : rex.makeCast(types.createTypeWithNullability(type, value.getType().isNullable()), value);
  }

  boolean isTime(RelDataType row, int column) {
    return row.getFieldList().get(column).getType().getSqlTypeName() == SqlTypeName.TIMESTAMP;
  }

  static UnsupportedQueryException unsupported(String message) {
    return new UnsupportedQueryException(io.millrace.flow.diagnostic.Code.INVALID_QUERY, message);
  }
}
