package io.millrace.flow.plan;

import io.millrace.flow.parser.Statement;

/**
 * A statement in its place.
 *
 * @param group the deployment group of the flow around it, or null
 */
record Declaration(Statement statement, String group) {

  String name() {
    return ((Statement.Named) statement).name().getSimple();
  }

  int line() {
    return statement.pos().getLineNum();
  }

  /** What kind of thing it is, with its article. */
  String noun() {
    return switch (statement) {
      case Statement.CreateCache c -> "a cache";
      case Statement.CreateView v -> "a view";
      case Statement.CreateAlert a -> "an alert";
      case Statement.CreateModel m -> "a model";
      case Statement.CreateSink s -> "a sink";
      case Statement.CreateFlow f -> "a flow";
      case Statement.CreateSource s -> "a source";
      default -> "something else";
    };
  }
}
