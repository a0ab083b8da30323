package io.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.ComponentContext;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WholeDatabaseTest {

  private static Map<String, String> config(List<String> captured, List<String> delivered) {
    List<StreamDefinition> streams =
        captured.stream()
            .map(name ->
                StreamDefinition.newBuilder()
                    .setName(name)
                    .setTopic("default.app." + name)
                    .setRowSchema("{}")
                    .setKind(StreamKind.CHANGES)
                    .build())
            .toList();
    Component source =
        Component.newBuilder()
            .setName("shop")
            .setKind(ComponentKind.SOURCE)
            .setService("ingestion")
            .setFingerprint("1")
            .setOutputs(captured)
            .build();
    Component sink =
        Component.newBuilder()
            .setName("replica")
            .setKind(ComponentKind.SINK)
            .setService("delivery")
            .setFingerprint("1")
            .setOptions(Map.of("url", "jdbc:postgresql://h/d"))
            .setInputs(delivered)
            .build();
    Plan plan =
        Plan.newBuilder()
            .setApplication("default.app")
            .setRevision(1)
            .setDesired(DesiredState.RUNNING)
            .setStreams(streams)
            .setComponents(List.of(source, sink))
            .build();
    List<StreamDefinition> inputs =
        streams.stream().filter(s -> delivered.contains(s.getName())).toList();
    return new JdbcSinkProvider()
        .connectConfig(new ComponentContext(plan, sink, inputs, List.of(), Map.of()));
  }

  @Test
  void aWholeDatabaseTakesTheTablesThatComeLater() {
    List<String> tables = List.of("stock_changes", "shop.shop.product");
    Map<String, String> config = config(tables, tables);
    assertThat(config).doesNotContainKey("topics");
    String pattern = config.get("topics.regex");
    assertThat("default.app.shop.shop.later").matches(pattern);
    assertThat("default.app.stock_changes").matches(pattern);
    assertThat("millrace.replays.default.app").matches(pattern);
    assertThat("default.app.shopping").doesNotMatch(pattern);
    assertThat("default.appXshop.shop.later").doesNotMatch(pattern);
  }

  @Test
  void aStreamOfOneTableIsThatTableAlone() {
    Map<String, String> config =
        config(List.of("stock_changes", "shop.shop.product"), List.of("stock_changes"));
    assertThat(config)
        .containsEntry("topics", "default.app.stock_changes,millrace.replays.default.app")
        .doesNotContainKey("topics.regex");
    assertThat(config(List.of("stock_changes"), List.of("stock_changes"))).containsKey("topics");
  }
}
