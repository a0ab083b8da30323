package io.millrace.flow.plan;

import io.millrace.flow.environment.SourceTables;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ConnectorDescriptor;
import java.util.LinkedHashMap;
import java.util.Map;

/** A source while the plan is made. */
final class SourceInfo {

  final String name;
  final Declaration declaration;

  /** Null when the connector is not known. */
  final ConnectorDescriptor descriptor;

  final Map<String, String> options;

  /** Whether its options are such that its database can be asked. */
  final boolean askable;

  /** The stream that a source without tables is; null when it has tables or is faulty. */
  StreamInfo stream;

  /** The streams of captured tables, by the table's name. */
  final Map<String, StreamInfo> captured = new LinkedHashMap<>();

  Component.Builder component;

  /** Null until the database was asked. */
  SourceTables tables;

  SourceInfo(
      Declaration declaration,
      ConnectorDescriptor descriptor,
      Map<String, String> options,
      boolean askable) {
    this.name = declaration.name();
    this.declaration = declaration;
    this.descriptor = descriptor;
    this.options = options;
    this.askable = askable;
  }

  boolean handsOutTables() {
    return descriptor != null && descriptor.getTables();
  }
}
