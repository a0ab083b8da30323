package io.millrace.connector.jdbc;

import io.millrace.connector.ComponentContext;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A sink of a whole database also takes the tables that its source captures later: their topics are
 * named {@code application.source.table}.
 */
final class WholeDatabase {

  private WholeDatabase() {}

  /** The pattern of the sink's topics, if it takes a whole database. */
  static Optional<String> topics(ComponentContext context) {
    List<String> patterns = new ArrayList<>();
    for (Component source : context.plan().getComponents()) {
      if (source.getKind() == ComponentKind.SOURCE && isWhole(context, source)) {
        String prefix = context.plan().getApplication() + "." + source.getName() + ".";
        patterns.add(literal(prefix) + ".+");
      }
    }
    if (patterns.isEmpty()) {
      return Optional.empty();
    }
    context.inputs().forEach(s -> patterns.add(literal(s.getTopic())));
    patterns.add(literal(Topics.replays(context.plan().getApplication())));
    return Optional.of(String.join("|", patterns));
  }

  /** The sink takes all tables of the source, and not only a stream that one of them was given. */
  private static boolean isWhole(ComponentContext context, Component source) {
    Set<String> changes =
        context.inputs().stream()
            .filter(s -> s.getKind() == StreamKind.CHANGES)
            .map(StreamDefinition::getName)
            .collect(Collectors.toSet());
    List<String> tables = source.getOutputs();
    if (tables.isEmpty() || !changes.containsAll(tables)) {
      return false;
    }
    return tables.size() > 1 || tables.getFirst().startsWith(source.getName() + ".");
  }

  private static String literal(String topic) {
    return Pattern.compile("[^A-Za-z0-9_-]").matcher(topic).replaceAll("\\\\$0");
  }
}
