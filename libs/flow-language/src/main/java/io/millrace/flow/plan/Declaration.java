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
}
