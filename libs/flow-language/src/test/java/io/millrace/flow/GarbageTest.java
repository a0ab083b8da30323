package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever stands in a script, there are diagnostics, and never an exception or a hanging thread.
 */
class GarbageTest {

  private static final Duration LONGEST = Duration.ofSeconds(20);
  private final FlowCompiler compiler = new FlowCompiler();

  private Compilation compile(String script) {
    return Assertions.assertTimeoutPreemptively(
        LONGEST, () -> compiler.compile(script, "default", new FakeEnvironment()));
  }

  private void isRefused(String script) {
    Compilation compilation = compile(script);
    assertThat(compilation.isValid()).isFalse();
    assertThat(compilation.diagnostics()).isNotEmpty();
    assertThat(compilation.diagnostics())
        .allSatisfy(d -> {
          assertThat(d.line()).isPositive();
          assertThat(d.column()).isPositive();
          assertThat(d.message()).isNotBlank();
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ";",
        ";;;",
        "'",
        "\"",
        "/*",
        "--",
        "$$",
        "\0",
        "\uFEFF",
        "CREATE",
        "CREATE APPLICATION",
        "CREATE APPLICATION a WITH (",
        "CREATE APPLICATION a WITH (=)",
        "CREATE APPLICATION \"\";",
        "CREATE APPLICATION a.b.c;",
        "CREATE APPLICATION ä;",
        "SELECT 1",
        "DROP TABLE x",
        "CREATE APPLICATION a; CREATE STREAM s AS SELECT * FROM s",
        "CREATE APPLICATION a; CREATE STREAM s AS SELECT * FROM t; CREATE STREAM t AS SELECT * FROM"
            + " s",
        "CREATE APPLICATION a; CREATE STREAM s AS SELECT",
        "CREATE APPLICATION a; CREATE STREAM s AS VALUES (1)",
        "CREATE APPLICATION a; CREATE STREAM s AS SELECT 1",
        "CREATE APPLICATION a; CREATE STREAM s AS SELECT ?",
        "CREATE APPLICATION a; CREATE STREAM s AS TABLE s",
        "CREATE APPLICATION a; CREATE STREAM s AS (((SELECT 1)))",
        "CREATE APPLICATION a; CREATE STREAM s AS SELECT * FROM UNNEST(ARRAY[1])",
        "CREATE APPLICATION a; CREATE STREAM s AS SELECT * FROM LATERAL TABLE(f(1))",
        "CREATE APPLICATION a; CREATE STREAM s (x INT) AS EPL $$ never closed",
        "CREATE APPLICATION a; CREATE STREAM s TIMESTAMP BY x ALLOW LATENESS INTERVAL '1' YEAR AS"
            + " SELECT 1 AS x",
        "CREATE APPLICATION a; CREATE STREAM s (x DECIMAL(999, 5), y VARCHAR(-1), z FOO)",
        "CREATE APPLICATION a; CREATE STREAM s (x INT) WITH (partitions = 99999999999999999999)",
        "CREATE APPLICATION a; CREATE STREAM s AS SELECT U&'\\zzzz' FROM s",
        "CREATE APPLICATION a; CREATE STREAM s AS SELECT DATE '2026-99-99', x'1' FROM s",
        "END FLOW; END FLOW",
      })
  void oddThingsAreRefused(String script) {
    isRefused(script);
  }

  /** Editors on Windows put it before the text; the columns are those that they show. */
  @Test
  void aByteOrderMarkIsNoPartOfAScript() {
    assertThat(compile("\uFEFFCREATE APPLICATION a; CREATE STREM s").diagnostics())
        .extracting(Diagnostic::column)
        .containsExactly(30);
  }

  @Test
  void bytesOfAnyKindAreRefused() {
    Random random = new Random(42);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[random.nextInt(400)];
      random.nextBytes(bytes);
      isRefused(new String(bytes, StandardCharsets.ISO_8859_1));
      isRefused(new String(bytes, StandardCharsets.UTF_8));
    }
  }

  @Test
  void wordsOfTheLanguageInAnyOrderAreNoTrouble() throws IOException {
    List<String> words = new ArrayList<>();
    for (String script : goodScripts()) {
      words.addAll(List.of(script.split("(?<=\\W)|(?=\\W)")));
    }
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      StringBuilder script = new StringBuilder("CREATE APPLICATION a; CREATE STREAM s AS SELECT ");
      for (int j = random.nextInt(60); j > 0; j--) {
        script.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      compile(script.toString());
    }
  }

  @Test
  void goodScriptsWithFaultsPutInAreNoTrouble() throws IOException {
    Random random = new Random(1);
    for (String script : goodScripts()) {
      for (int i = 0; i < 60; i++) {
        StringBuilder changed = new StringBuilder(script);
        for (int j = 1 + random.nextInt(3); j > 0; j--) {
          int at = random.nextInt(changed.length());
          int length = Math.min(random.nextInt(12), changed.length() - at);
          switch (random.nextInt(3)) {
            case 0 -> changed.delete(at, at + length);
            case 1 -> changed.insert(at, changed.substring(at, at + length));
            default -> changed.setCharAt(at, (char) random.nextInt(0x250));
          }
        }
        compile(changed.toString());
      }
    }
  }

  private static List<String> goodScripts() throws IOException {
    List<String> scripts = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".sql")).sorted().toList()) {
        scripts.add(Files.readString(file));
      }
    }
    return scripts;
  }

  @Test
  void deepNestingIsRefused() {
    String begin =
        "CREATE APPLICATION a; CREATE SOURCE n (x INT) WITH (connector = 'datagen');"
            + " CREATE STREAM s AS SELECT ";
    isRefused(begin + "(".repeat(100_000) + "x");
    isRefused(begin + "(".repeat(5000) + "x" + ")".repeat(5000) + " AS y FROM n");
    isRefused(begin + "NOT ".repeat(100_000) + "TRUE AS y FROM n");
    isRefused(begin + "- ".repeat(100_000) + "x AS y FROM n");
    isRefused(begin + "CASE WHEN TRUE THEN ".repeat(20_000) + "x");
    isRefused(begin + "x FROM " + "(SELECT * FROM ".repeat(20_000));
    compile(begin + "x" + " + x".repeat(20_000) + " AS y FROM n");
    compile(begin + "x AS y FROM n" + " UNION ALL SELECT x FROM n".repeat(300));
    compile(begin + "x AS y FROM n WHERE x IN (" + "1, ".repeat(5000) + "2)");
  }

  @Test
  void nestingThatIsAllowedIsQuick() {
    Compilation compilation =
        compile(
            "CREATE APPLICATION a; CREATE SOURCE n (x INT) WITH (connector = 'datagen');"
                + " CREATE STREAM s AS SELECT "
                + "(".repeat(25)
                + "x"
                + ")".repeat(25)
                + " AS y FROM n");
    assertThat(compilation.diagnostics()).isEmpty();
  }

  @Test
  void whatIsTooLongIsRefused() {
    Compilation compilation = compile("-".repeat(1_000_001));
    assertThat(compilation.diagnostics()).extracting(d -> d.code()).contains(Code.TOO_LARGE);
    isRefused("CREATE STREAM a; ".repeat(20_000));
    isRefused("x".repeat(900_000));
    isRefused("'".repeat(900_001));
    isRefused("/*".repeat(400_000));
  }
}
