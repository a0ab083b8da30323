package io.millrace.cep.epl;

import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.EventPropertyGetter;
import com.espertech.esper.common.client.EventType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.List;

/** What a select gives, brought into the declared columns. Immutable. */
final class OutputColumns {

  private final List<OutputColumn> columns;

  private OutputColumns(List<OutputColumn> columns) {
    this.columns = List.copyOf(columns);
  }

  /**
   * Finds for each declared column what the select gives for it: what has its name, when all names
   * are there; else what stands in its place.
   */
  static OutputColumns of(
      EventType selected, RowType declared, Statement statement, Problems problems) {
    String[] given = selected.getPropertyNames();
    if (given.length != declared.size()) {
      statement.problem(
          problems,
          "select",
          "the select gives "
              + given.length
              + " columns ("
              + String.join(", ", given)
              + "), the stream declares "
              + declared.size()
              + " ("
              + String.join(", ", declared.fields().stream().map(Field::name).toList())
              + ")");
      return new OutputColumns(List.of());
    }
    int[] byName = new int[given.length];
    boolean all = true;
    int misplaced = -1;
    for (int i = 0; i < given.length; i++) {
      byName[i] = indexOf(given, declared.field(i).name());
      all &= byName[i] >= 0;
      if (byName[i] >= 0 && byName[i] != i) {
        misplaced = i;
      }
    }
    if (!all && misplaced >= 0) {
      statement.problem(
          problems,
          given[byName[misplaced]],
          "column "
              + declared.field(misplaced).name()
              + " is selected in another place than it is declared, and not all columns have the"
              + " declared names: name all of them with as, or put them in order");
    }
    List<OutputColumn> columns = new ArrayList<>();
    for (int i = 0; i < given.length; i++) {
      String property = given[all ? byName[i] : i];
      OutputColumn column = new OutputColumn(declared.field(i), property);
      String fault = column.fault(selected.getPropertyType(property));
      if (fault != null) {
        statement.problem(problems, property, fault);
      }
      columns.add(column);
    }
    return new OutputColumns(columns);
  }

  private static int indexOf(String[] given, String name) {
    for (int i = 0; i < given.length; i++) {
      if (given[i].equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  EventPropertyGetter[] getters(EventType type) {
    EventPropertyGetter[] getters = new EventPropertyGetter[columns.size()];
    for (int i = 0; i < getters.length; i++) {
      getters[i] = type.getGetter(columns.get(i).property());
    }
    return getters;
  }

  /**
   * @throws io.millrace.rows.library.RowException when a value does not fit its column
   */
  Object[] row(EventPropertyGetter[] getters, EventBean event) {
    Object[] row = new Object[getters.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = columns.get(i).value(getters[i], event);
    }
    return row;
  }
}
