package io.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connector.ConnectorException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JdbcSinkConfigTest {

  @Test
  void defaults() {
    assertThat(JdbcSinkConfig.of(Map.of("url", "jdbc:mariadb://h/d")))
        .isEqualTo(
            new JdbcSinkConfig(
                "jdbc:mariadb://h/d",
                null,
                null,
                null,
                null,
                List.of(),
                true,
                true,
                new TableId(null, "millrace_offsets"),
                5000));
  }

  @Test
  void everything() {
    assertThat(
            JdbcSinkConfig.of(
                Map.of(
                    "url", "jdbc:postgresql://h/d",
                    "username", "u",
                    "password", "p",
                    "table", "s.{table}",
                    "mode", "Upsert",
                    "key", "a, b",
                    "create_table", "false",
                    "follow_columns", "false",
                    "offsets_table", "m.offsets",
                    "batch_size", "10")))
        .isEqualTo(
            new JdbcSinkConfig(
                "jdbc:postgresql://h/d",
                "u",
                "p",
                "s.{table}",
                JdbcSinkConfig.Mode.UPSERT,
                List.of("a", "b"),
                false,
                false,
                new TableId("m", "offsets"),
                10));
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThatThrownBy(() -> JdbcSinkConfig.of(Map.of("mode", "merge", "batch_size", "0")))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("url")
        .hasMessageContaining("mode")
        .hasMessageContaining("batch_size");
  }
}
