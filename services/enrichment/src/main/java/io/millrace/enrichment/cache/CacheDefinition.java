package io.millrace.enrichment.cache;

import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One CACHE of a plan.
 *
 * @param application namespace.name
 * @param name the component's name
 * @param fingerprint changes when the cache has to be loaded anew
 * @param rowSchema the Avro schema of its rows, as JSON
 * @param row the columns of its rows
 * @param key the key columns
 * @param connector jdbc or file; null when a stream feeds it
 * @param options of the statement, secrets encrypted
 * @param stream the stream that feeds it, or null
 * @param onError whether the application stops at what cannot be processed
 */
public record CacheDefinition(
    String application,
    String name,
    String fingerprint,
    String rowSchema,
    RowType row,
    List<String> key,
    String connector,
    Map<String, String> options,
    StreamDefinition stream,
    String onError) {

  public CacheDefinition {
    key = List.copyOf(key);
    options = Map.copyOf(options);
    if (key.isEmpty()) {
      throw new IllegalArgumentException("cache %s has no key".formatted(name));
    }
  }

  /**
   * Takes a cache out of a plan.
   *
   * @throws IllegalArgumentException if the plan does not hold what the component names
   */
  public static CacheDefinition of(Plan plan, Component component) {
    StreamDefinition stream = null;
    if (!component.getInputs().isEmpty()) {
      String input = component.getInputs().getFirst();
      stream =
          plan.getStreams().stream()
              .filter(s -> s.getName().equalsIgnoreCase(input))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "cache %s names the stream %s, which its plan does not hold"
                          .formatted(component.getName(), input)));
    }
    return new CacheDefinition(
        plan.getApplication(),
        component.getName(),
        component.getFingerprint(),
        component.getRowSchema(),
        AvroTypes.toRow(component.getRowSchema()),
        component.getKey(),
        component.getConnector() == null ? null : component.getConnector().toLowerCase(Locale.ROOT),
        component.getOptions(),
        stream,
        plan.getOptions().getOrDefault("on_error", "dead-letter").toLowerCase(Locale.ROOT));
  }

  /** The key columns with their types, in the key's order. */
  RowType keyRow() {
    return new RowType(key.stream().map(column -> row.field(index(column))).toList());
  }

  /** Where the key columns stand in a row. */
  int[] keyColumns() {
    return key.stream().mapToInt(this::index).toArray();
  }

  /** An option, or null. */
  String option(String option) {
    return options.get(option);
  }

  private int index(String column) {
    return row.indexOf(column)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "cache %s has no column %s, which its key names".formatted(name, column)));
  }

  /** The row with every column nullable, as a change event carries it. */
  RowType nullableRow() {
    return new RowType(row.fields().stream().map(f -> Field.nullable(f.name(), f.type())).toList());
  }
}
