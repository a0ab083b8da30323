package io.millrace.flow.query;

import io.millrace.flow.stateful.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;

/**
 * The columns that the calls and the projection around them read, in front of the calls. Those of
 * the input keep their order: a projection that is only written in another one changes nothing.
 */
final class OverColumns {
  private final PieceTools tools;
  private final Project project;
  private final Piece input;
  private final List<RexNode> columns = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Map<RexOver, List<Integer>> arguments = new LinkedHashMap<>();

  OverColumns(PieceTools tools, Project project, List<RexOver> calls, Piece input) {
    this.tools = tools;
    this.project = project;
    this.input = input;
    read(project, calls).forEach(column -> put(tools.ref(input.row(), column)));
    for (RexOver call : calls) {
      call.getWindow().partitionKeys.forEach(this::put);
      call.getWindow().orderKeys.forEach(o -> put(o.left));
      List<Integer> own = new ArrayList<>();
      for (int i = 0; i < call.getOperands().size(); i++) {
        RexNode operand = call.getOperands().get(i);
        boolean lagDefault = call.getOperator().getKind() == SqlKind.LAG && i == 2;
        own.add(put(lagDefault ? like(operand, call.getOperands().get(0)) : operand));
      }
      arguments.put(call, own);
    }
  }

  /** The columns of the input that come through or that calls take as they are. */
  private static Set<Integer> read(Project project, List<RexOver> calls) {
    Set<Integer> read = new TreeSet<>();
    RexVisitorImpl<Void> outside =
        new RexVisitorImpl<>(true) {
          @Override
          public Void visitOver(RexOver over) {
            return null;
          }

          @Override
          public Void visitInputRef(RexInputRef ref) {
            read.add(ref.getIndex());
            return null;
          }
        };
    project.getProjects().forEach(projected -> projected.accept(outside));
    List<RexNode> taken = new ArrayList<>();
    for (RexOver call : calls) {
      taken.addAll(call.getWindow().partitionKeys);
      call.getWindow().orderKeys.forEach(order -> taken.add(order.left));
      taken.addAll(call.getOperands());
    }
    for (RexNode column : taken) {
      if (column instanceof RexInputRef ref) {
        read.add(ref.getIndex());
      }
    }
    return read;
  }

  private RexNode like(RexNode value, RexNode model) {
    return tools.cast(value, model.getType());
  }

  private int put(RexNode column) {
    int at = columns.indexOf(column);
    if (at < 0) {
      at = columns.size();
      columns.add(column);
      names.add(
          column instanceof RexInputRef ref
              ? input.row().getFieldNames().get(ref.getIndex())
              : "v");
    }
    return at;
  }

  int of(RexNode column) {
    return columns.indexOf(column);
  }

  List<Integer> arguments(RexOver call) {
    return arguments.get(call);
  }

  Node node() {
    return input.calc(tools, null, columns, names).node(tools);
  }

  /** The projection, with the calls' results in place of the calls. */
  Piece project(Node node, Map<RexOver, Integer> results) {
    List<RexNode> projects = new ArrayList<>();
    for (RexNode projected : project.getProjects()) {
      projects.add(
          projected.accept(
              new RexShuttle() {
                @Override
                public RexNode visitOver(RexOver over) {
                  return tools.ref(node.row(), results.get(over));
                }

                @Override
                public RexNode visitInputRef(RexInputRef ref) {
                  return tools.ref(node.row(), of(ref));
                }
              }));
    }
    return new Piece.Step(node).calc(tools, null, projects, project.getRowType().getFieldNames());
  }
}
