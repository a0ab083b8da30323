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

  @Test
  void decimalsKeepEveryDigit() {
    String text = "{\"gross\":118999999.99881,\"price\":8.92500}";
    assertThat(Api.JSON.readTree(text)).hasToString(text);
    assertThat(Output.cell(Api.JSON.readTree(text).path("price"))).isEqualTo("8.92500");
  }

  private static LinkedHashMap<String, String> row(String name, String value) {
    LinkedHashMap<String, String> row = new LinkedHashMap<>();
    row.put("name", name);
    row.put("value", value);
    return row;
  }
}
