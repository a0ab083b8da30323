package io.millrace.flow.query;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;

/** Names match in any case; where two differ in case alone, the exact one wins. */
final class FlowNameMatcher implements SqlNameMatcher {

  private final SqlNameMatcher anyCase = SqlNameMatchers.withCaseSensitive(false);

  @Override
  public boolean isCaseSensitive() {
    return false;
  }

  @Override
  public boolean matches(String string, String name) {
    return string.equalsIgnoreCase(name);
  }

  @Override
  public <K extends List<String>, V> V get(
      Map<K, V> map, List<String> prefixNames, List<String> names) {
    return anyCase.get(map, prefixNames, names);
  }

  @Override
  public String bestString() {
    return anyCase.bestString();
  }

  @Override
  public RelDataTypeField field(RelDataType row, String name) {
    RelDataTypeField exact = row.getField(name, true, false);
    return exact != null ? exact : row.getField(name, false, false);
  }

  @Override
  public int frequency(Iterable<String> names, String name) {
    int exact = 0;
    for (String candidate : names) {
      if (candidate.equals(name)) {
        exact++;
      }
    }
    return exact > 0 ? exact : anyCase.frequency(names, name);
  }

  @Override
  public Set<String> createSet() {
    return anyCase.createSet();
  }
}
