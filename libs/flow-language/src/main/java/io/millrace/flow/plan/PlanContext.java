package io.millrace.flow.plan;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostics;
import io.millrace.flow.environment.Environment;
import io.millrace.flow.parser.Statement;
import io.millrace.flow.query.DeclaredTypes;
import io.millrace.flow.query.Relation;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.Direction;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What the planners of the single statements share. */
final class PlanContext {

  final Environment environment;
  final Diagnostics diagnostics;
  final OptionChecker options;

  /** namespace.name */
  final String application;

  final Map<String, String> applicationOptions;
  final Set<String> unreadable;
  final Map<String, Declaration> names = new LinkedHashMap<>();
  final Map<String, StreamInfo> streams = new LinkedHashMap<>();
  final List<Draft> drafts = new ArrayList<>();
  private final DeclaredTypes types;

  PlanContext(
      Environment environment,
      Diagnostics diagnostics,
      OptionChecker options,
      String application,
      Map<String, String> applicationOptions,
      Set<String> unreadable) {
    this.environment = environment;
    this.diagnostics = diagnostics;
    this.options = options;
    this.application = application;
    this.applicationOptions = applicationOptions;
    this.unreadable = unreadable;
    this.types = new DeclaredTypes(diagnostics);
  }

  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  String namespace() {
    return application.substring(0, application.indexOf('.'));
  }

  /** A stream of this application with the application's defaults; it is part of the plan. */
  StreamInfo newStream(String name, String topic, StreamKind kind) {
    StreamInfo stream =
        new StreamInfo(name, topic == null ? application + "." + name : topic, kind);
    stream.partitions = partitions(applicationOptions, StreamInfo.DEFAULT_PARTITIONS);
    stream.retention = retention(applicationOptions, StreamInfo.DEFAULT_RETENTION);
    streams.put(name, stream);
    return stream;
  }

  static int partitions(Map<String, String> options, int otherwise) {
    return options.containsKey("partitions")
        ? Integer.parseInt(options.get("partitions").strip())
        : otherwise;
  }

  static long retention(Map<String, String> options, long otherwise) {
    return options.containsKey("retention")
        ? OptionFaults.millis(options.get("retention")).orElse(otherwise)
        : otherwise;
  }

  /** How long the application remembers what no window bounds, in milliseconds; 0: not said. */
  long stateRetention() {
    return applicationOptions.containsKey("state_retention")
        ? OptionFaults.millis(applicationOptions.get("state_retention")).orElse(0)
        : 0;
  }

  Component.Builder component(
      Declaration declaration, String name, ComponentKind kind, String service) {
    return Component.newBuilder()
        .setName(name)
        .setKind(kind)
        .setService(service)
        .setGroup(declaration.group())
        .setFingerprint("")
        .setInputs(List.of())
        .setOutputs(List.of())
        .setCaches(List.of())
        .setKey(List.of())
        .setLine(declaration.line());
  }

  void add(Component.Builder component, Declaration declaration, String guarantee) {
    drafts.add(new Draft(component, declaration.statement().pos(), guarantee));
  }

  /** The connector that the options name; null when there is none such, which has been said. */
  ConnectorDescriptor connector(
      List<Statement.Option> options, Direction direction, SqlParserPos statement) {
    Statement.Option option =
        options.stream()
            .filter(o -> o.name().equalsIgnoreCase("connector"))
            .findFirst()
            .orElse(null);
    List<String> known =
        environment.connectors().stream()
            .filter(c -> c.getDirection() == direction)
            .map(ConnectorDescriptor::getType)
            .sorted()
            .toList();
    String role = direction == Direction.SOURCE ? "source" : "sink";
    if (option == null) {
      diagnostics.error(
          Code.MISSING_OPTION,
          statement,
          "a "
              + role
              + " needs a connector: WITH (connector = '…')"
              + (known.isEmpty() ? "" : ", one of " + String.join(", ", known)));
      return null;
    }
    String type = option.value().text();
    for (ConnectorDescriptor descriptor : environment.connectors()) {
      if (descriptor.getDirection() == direction && descriptor.getType().equalsIgnoreCase(type)) {
        return descriptor;
      }
    }
    boolean other =
        environment.connectors().stream().anyMatch(c -> c.getType().equalsIgnoreCase(type));
    if (known.isEmpty()) {
      diagnostics.error(
          Code.UNKNOWN_CONNECTOR,
          option.value().pos(),
          "no connector for a "
              + role
              + " is known yet; see whether the "
              + (direction == Direction.SOURCE ? "ingestion" : "delivery")
              + " service is running");
    } else {
      diagnostics.unknown(
          Code.UNKNOWN_CONNECTOR,
          option.value().pos(),
          other
              ? "connector " + type + " is no " + role + ", but the other direction."
              : "there is no connector " + type + " for a " + role + ".",
          type,
          known);
    }
    return null;
  }

  static List<Statement.Option> withoutConnector(List<Statement.Option> options) {
    return options.stream().filter(o -> !o.name().equalsIgnoreCase("connector")).toList();
  }

  /**
   * The row of declared columns; null when none of them has a type.
   *
   * @param missing where the names of those without a type go, in lower case
   */
  RowType row(Statement.Columns columns, List<String> key, Set<String> missing) {
    List<Field> fields = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Statement.Column column : columns.list()) {
      String name = column.name().getSimple();
      if (!seen.add(key(name))) {
        diagnostics.error(
            Code.DUPLICATE_NAME,
            column.name().getParserPosition(),
            "column " + name + " is declared twice");
      }
      boolean inKey = column.primaryKey() || key.stream().anyMatch(k -> k.equalsIgnoreCase(name));
      DataType type = types.typeOf(column.type());
      if (type == null) {
        missing.add(key(name));
      } else {
        fields.add(new Field(name, type, !column.notNull() && !inKey));
      }
    }
    return fields.isEmpty() ? null : new RowType(fields);
  }

  /**
   * The names of columns as the row has them; unknown ones are left out, and reported unless they
   * are among those that are missing on account of another fault.
   */
  List<String> columns(List<SqlIdentifier> written, RowType row, Set<String> missing, String of) {
    List<String> found = new ArrayList<>();
    if (written == null) {
      return found;
    }
    for (SqlIdentifier name : written) {
      OptionalInt index = row.indexOf(name.getSimple());
      if (index.isEmpty() && Relation.mayHold(missing, name.getSimple())) {
        continue;
      }
      if (index.isEmpty()) {
        diagnostics.unknown(
            Code.UNKNOWN_COLUMN,
            name.getParserPosition(),
            of + " has no column " + name.getSimple() + ".",
            name.getSimple(),
            row.fields().stream().map(Field::name).toList());
      } else if (found.contains(row.field(index.getAsInt()).name())) {
        diagnostics.error(
            Code.DUPLICATE_NAME,
            name.getParserPosition(),
            "column " + name.getSimple() + " is named twice");
      } else {
        found.add(row.field(index.getAsInt()).name());
      }
    }
    return found;
  }
}
