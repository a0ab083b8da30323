package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DiagnosticsTest {

  private static final String SCRIPT = "CREATE APPLICATION a;\nCREATE\tSTREM s AS SELECT 1;\n";

  @Test
  void showsTheLineWithCaretsUnderTheOffendingText() {
    assertThat(
            Diagnostics.lines(
                "a.sql",
                SCRIPT,
                Api.JSON.readTree(
                    """
                    [{"severity":"ERROR","message":"There is no statement CREATE STREM.","line":2,
                      "column":8,"endLine":2,"endColumn":12,"suggestion":"STREAM"}]\
                    """)))
        .containsExactly(
            "a.sql:2:8: error: There is no statement CREATE STREM. Did you mean STREAM?",
            "  CREATE STREM s AS SELECT 1;",
            "         ^^^^^");
  }

  @Test
  void pointsBehindTheEndAndIgnoresLinesThatAreNotThere() {
    assertThat(
            Diagnostics.lines(
                "a.sql",
                "abc",
                Api.JSON.readTree(
                    """
                    [{"severity":"WARNING","message":"m","line":1,"column":9,"endLine":1,"endColumn":9},
                     {"severity":"ERROR","message":"n","line":7,"column":1}]\
                    """)))
        .containsExactly("a.sql:1:9: warning: m", "  abc", "     ^", "a.sql:7:1: error: n");
  }

  @Test
  void onlyErrorsMakeAScriptInvalid() {
    assertThat(Diagnostics.anyError(Api.JSON.readTree("[{\"severity\":\"WARNING\"}]"))).isFalse();
    assertThat(Diagnostics.anyError(Api.JSON.readTree("[{\"severity\":\"ERROR\"}]"))).isTrue();
  }
}
