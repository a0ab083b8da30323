package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputTest {

  @Test
  void tableColumnsAreAsWideAsTheirWidestValue() {
    assertThat(Output.table(List.of(row("a", "1"), row("long name", null))))
        .containsExactly("NAME       VALUE", "a          1", "long name  ");
  }

  @Test
  void csvQuotesWhatWouldOtherwiseBeReadAsSomethingElse() {
    assertThat(Output.csv(List.of(row("a,b", "say \"hi\""), row("two\nlines", null)), true))
        .containsExactly("name,value", "\"a,b\",\"say \"\"hi\"\"\"", "\"two\nlines\",");
  }

  private static LinkedHashMap<String, String> row(String name, String value) {
    LinkedHashMap<String, String> row = new LinkedHashMap<>();
    row.put("name", name);
    row.put("value", value);
    return row;
  }
}
