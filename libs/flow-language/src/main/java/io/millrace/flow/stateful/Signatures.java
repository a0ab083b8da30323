package io.millrace.flow.stateful;

import io.millrace.flow.query.Branch;
import io.millrace.flow.query.Step;
import io.millrace.schemas.control.StreamDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;

/**
 * The signatures of the steps of one plan. They name the columns of streams, and so stay the same
 * when a stream gets columns that the plan does not read.
 */
public final class Signatures {

  private static final int BYTES = 16;

  private final Map<String, StreamDefinition> streams = new HashMap<>();

  /**
   * @param streams those that the plan reads: where their events are, and how they are spread, is a
   *     part of what a task remembers. Of a stream that is not among them only the name counts
   */
  public Signatures(Collection<StreamDefinition> streams) {
    streams.forEach(stream -> this.streams.put(stream.getName(), stream));
  }

  /** The signature of a step. */
  public Signature of(Node node) {
    return new Signature(digest(text(node)), words(node));
  }

  /** The signatures of the steps that remember something, each before those that read it. */
  public List<Signature> all(StatefulPlan plan) {
    List<Signature> all = new ArrayList<>();
    collect(plan.root(), all);
    return all;
  }

  private void collect(Node node, List<Signature> all) {
    node.inputs().forEach(input -> collect(input, all));
    if (remembers(node)) {
      all.add(of(node));
    }
  }

  /** Whether a step remembers anything. */
  public static boolean remembers(Node node) {
    return switch (node) {
      case Node.Leaf leaf -> false;
      case Node.Calc calc -> false;
      case Node.Union union -> false;
      case Node.Windowed windowed -> windowed.window() instanceof Window.Session;
      default -> true;
    };
  }

  /**
   * What the time of a leaf's events follows from: the stream, and where in it the time stands.
   * Equal ones go on equally.
   */
  public String clock(Node.Leaf leaf, Branch branch) {
    return digest(
        "clock "
            + stream(branch.stream())
            + " "
            + (leaf.time() < 0
                ? "of the record"
                : ExpressionText.byName(branch.row()).of(branch.projection().get(leaf.time()))));
  }

  /** All clocks of a plan. */
  public Set<String> clocks(StatefulPlan plan) {
    Set<String> clocks = new LinkedHashSet<>();
    for (Node.Leaf leaf : plan.leaves()) {
      leaf.branches().forEach(branch -> clocks.add(clock(leaf, branch)));
    }
    return clocks;
  }

  private String text(Node node) {
    ExpressionText expressions = ExpressionText.byNumber();
    String own =
        switch (node) {
          case Node.Leaf n -> leaf(n);
          case Node.Calc n ->
              "calc " + expressions.of(n.condition()) + " " + expressions.of(n.projection());
          case Node.Union n -> "union";
          case Node.Windowed n -> "windowed " + n.window() + " " + n.time();
          case Node.WindowAggregate n ->
              "window " + n.window() + " " + n.time() + " " + n.keys() + calls(n.aggregations());
          case Node.AttachedAggregate n ->
              "attached " + n.windowEnd() + " " + n.keys() + calls(n.aggregations());
          case Node.GroupAggregate n ->
              "group "
                  + n.keys()
                  + calls(n.aggregations())
                  + (n.retention() > 0 ? " for " + n.retention() : "");
          case Node.Over n ->
              "over %s %d %d %d".formatted(n.partition(), n.time(), n.range(), n.rows())
                  + calls(n.calls());
          case Node.WindowTop n ->
              "top %s %d %s %d %d"
                  .formatted(n.partition(), n.windowEnd(), n.order(), n.from(), n.to());
          case Node.Deduplicate n -> "first " + n.keys() + " " + n.time();
          case Node.IntervalJoin n ->
              "interval join %s %s %s %d %d %d %d "
                      .formatted(
                          n.kind(),
                          n.leftKeys(),
                          n.rightKeys(),
                          n.leftTime(),
                          n.rightTime(),
                          n.lower(),
                          n.upper())
                  + expressions.of(n.condition());
          case Node.WindowJoin n ->
              "window join %s %s %s %d %d "
                      .formatted(
                          n.kind(),
                          n.leftKeys(),
                          n.rightKeys(),
                          n.leftWindowEnd(),
                          n.rightWindowEnd())
                  + expressions.of(n.condition());
          case Node.Match n -> match(n, expressions);
        };
    return node.inputs().stream().map(this::text).collect(Collectors.joining("", own + "{", "}"));
  }

  private String leaf(Node.Leaf leaf) {
    return "leaf %d %s %s%s"
        .formatted(
            leaf.time(),
            types(leaf.row()),
            branches(leaf.branches(), this::stream),
            leaf.isPart() ? " of " + branches(leaf.origin(), ExpressionText::quoted) : "");
  }

  private static String branches(List<Branch> branches, UnaryOperator<String> streams) {
    StringBuilder text = new StringBuilder();
    for (Branch branch : branches) {
      ExpressionText expressions = ExpressionText.byName(branch.row());
      text.append('[').append(streams.apply(branch.stream()));
      for (Step step : branch.steps()) {
        text.append("; ").append(step(step, expressions));
      }
      text.append("; ").append(expressions.of(branch.projection())).append(']');
    }
    return text.toString();
  }

  private static String step(Step step, ExpressionText expressions) {
    return switch (step) {
      case Step.Filter filter -> expressions.of(filter.condition());
      case Step.Lookup lookup ->
          (lookup.outer() ? "outer " : "inner ")
              + ExpressionText.quoted(lookup.cache())
              + expressions.of(lookup.keys())
              + " "
              + expressions.of(lookup.condition());
    };
  }

  /** A stream of one partition is not spread. */
  private String stream(String name) {
    StreamDefinition stream = streams.get(name);
    return stream == null
        ? ExpressionText.quoted(name)
        : ExpressionText.quoted(name)
            + ExpressionText.quoted(stream.getTopic())
            + (stream.getPartitions() > 1 ? stream.getPartitionBy() : "");
  }

  private static String types(RelDataType row) {
    return row.getFieldList().stream()
        .map(RelDataTypeField::getType)
        .map(ExpressionText::type)
        .collect(Collectors.joining());
  }

  private static String calls(List<Aggregation> calls) {
    StringBuilder text = new StringBuilder();
    for (Aggregation call : calls) {
      text.append(' ')
          .append(call.function())
          .append(call.distinct() ? " distinct" : "")
          .append(call.arguments())
          .append(call.argumentTypes().stream().map(ExpressionText::type).toList())
          .append(call.filter())
          .append(call.order())
          .append(ExpressionText.type(call.type()));
    }
    return text.toString();
  }

  /** Measures read the rows of a match, and most of them have no part in what is remembered. */
  private static String match(Node.Match node, ExpressionText expressions) {
    StringBuilder text = new StringBuilder("match ");
    text.append(node.partition()).append(node.time()).append(' ').append(node.within());
    text.append(node.rel().getOrderKeys()).append(node.rel().getPattern());
    text.append(' ').append(expressions.of(node.rel().getAfter()));
    node.rel()
        .getPatternDefinitions()
        .forEach((name, condition) ->
            text.append(' ').append(ExpressionText.quoted(name)).append(expressions.of(condition)));
    for (RexNode measure : node.rel().getMeasures().values()) {
      if (isRemembered(measure)) {
        text.append(" measure ").append(expressions.of(measure));
      }
    }
    return text.toString();
  }

  /** Whether it reads rows before the match, or counts matches. */
  private static boolean isRemembered(RexNode measure) {
    boolean[] found = {false};
    measure.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitCall(RexCall call) {
            found[0] |=
                call.getKind() == SqlKind.PREV
                    || call.getKind() == SqlKind.NEXT
                    || call.getOperator().getName().equals("MATCH_NUMBER");
            return super.visitCall(call);
          }
        });
    return found[0];
  }

  private static String words(Node node) {
    Set<String> names = new LinkedHashSet<>();
    names(node, names);
    String streams = String.join(" and ", names);
    return switch (node) {
      case Node.Leaf n -> streams;
      case Node.Calc n -> streams;
      case Node.Union n -> streams;
      case Node.Windowed n when n.window() instanceof Window.Session -> "sessions of " + streams;
      case Node.Windowed n -> "windows of " + streams;
      case Node.WindowAggregate n -> "window aggregation of " + streams;
      case Node.AttachedAggregate n -> "second window aggregation of " + streams;
      case Node.GroupAggregate n when n.aggregations().isEmpty() -> "DISTINCT of " + streams;
      case Node.GroupAggregate n -> "GROUP BY of " + streams;
      case Node.Over n -> "OVER of " + streams;
      case Node.WindowTop n -> "first rows by window of " + streams;
      case Node.Deduplicate n -> "first rows by key of " + streams;
      case Node.IntervalJoin n -> "join of " + streams;
      case Node.WindowJoin n -> "window join of " + streams;
      case Node.Match n -> "pattern over " + streams;
    };
  }

  private static void names(Node node, Set<String> names) {
    if (node instanceof Node.Leaf leaf) {
      leaf.origin().forEach(branch -> names.add(branch.stream()));
    }
    node.inputs().forEach(input -> names(input, names));
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
