package io.millrace.schemas.type;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The columns of an event or of a nested row, in order. */
public record RowType(List<Field> fields) {

  public RowType {
    fields = List.copyOf(fields);
  }

  public static RowType of(Field... fields) {
    return new RowType(List.of(fields));
  }

  public int size() {
    return fields.size();
  }

  public Field field(int index) {
    return fields.get(index);
  }

  /** Where a column stands: the exact name, else the only one that differs in case alone. */
  public OptionalInt indexOf(String name) {
    int found = -1;
    for (int i = 0; i < fields.size(); i++) {
      String candidate = fields.get(i).name();
      if (candidate.equals(name)) {
        return OptionalInt.of(i);
      }
      if (candidate.equalsIgnoreCase(name)) {
        if (found >= 0) {
          return OptionalInt.empty();
        }
        found = i;
      }
    }
    return found < 0 ? OptionalInt.empty() : OptionalInt.of(found);
  }

  /** The columns as the language writes them, separated by commas. */
  public String sql() {
    return fields.stream()
        .map(f -> f.name() + " " + f.type().sql() + (f.nullable() ? "" : " NOT NULL"))
        .collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return "(" + sql() + ")";
  }
}
