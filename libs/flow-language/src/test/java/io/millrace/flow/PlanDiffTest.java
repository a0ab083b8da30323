package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.plan.PlanDiff;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanDiffTest {

  private static final String INVENTORY = inventory();

  private static String inventory() {
    try {
      return Files.readString(Path.of("src/test/resources/golden/inventory.sql"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Plan plan(String script) {
    Compilation compilation = new FlowCompiler().compile(script, "default", new FakeEnvironment());
    assertThat(compilation.diagnostics()).isEmpty();
    return compilation.plan().orElseThrow();
  }

  private static List<String> changes(List<PlanDiff.Change> changes) {
    return changes.stream()
        .filter(c -> c.kind() != PlanDiff.Kind.UNCHANGED)
        .map(c ->
            c.kind()
                + " "
                + c.name()
                + (c.restarts() ? " restarts" : "")
                + (c.reasons().isEmpty() ? "" : " " + c.reasons()))
        .toList();
  }

  @Test
  void layoutCommentsAndOrderChangeNothing() {
    String[] statements = INVENTORY.replaceAll("--[^\n]*", "/* other words */").split(";");
    StringBuilder other = new StringBuilder(statements[0]).append(";\n\n");
    for (int i = statements.length - 2; i > 0; i--) {
      other.append(statements[i].replace("\n", "\n\t\n   ")).append(" ;");
    }
    String lower = other.toString().replace("CREATE STREAM", "create /* a */ Stream");
    PlanDiff diff = PlanDiff.between(plan(INVENTORY), plan(lower));
    assertThat(changes(diff.components())).isEmpty();
    assertThat(diff.isEmpty()).isTrue();
  }

  @Test
  void onlyWhatChangedRestarts() {
    PlanDiff diff =
        PlanDiff.between(
            plan(INVENTORY),
            plan(INVENTORY.replace("directory = '/data/out'", "directory = '/x'")));
    assertThat(changes(diff.components()))
        .containsExactly("CHANGED stock_csv restarts [option directory changed]");
    assertThat(changes(diff.streams())).isEmpty();
  }

  /** The key of a stateful query decides how its input is spread: both parts restart. */
  @Test
  void anotherKeyOfAWindowRestartsBothItsParts() {
    String script =
        """
        CREATE APPLICATION w;
        CREATE SOURCE n (id INT NOT NULL, site INT NOT NULL, at TIMESTAMP NOT NULL) WITH (connector = 'datagen');
        CREATE STREAM s AS SELECT site, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE n, DESCRIPTOR(at), INTERVAL '1' MINUTE))
          GROUP BY site, window_start, window_end;
        """;
    PlanDiff same =
        PlanDiff.between(plan(script), plan(script.replace("'1' MINUTE", "'1' minute")));
    assertThat(same.isEmpty()).isTrue();
    PlanDiff diff =
        PlanDiff.between(
            plan(script),
            plan(
                script
                    .replace("SELECT site,", "SELECT id AS site,")
                    .replace("GROUP BY site", "GROUP BY id")));
    assertThat(changes(diff.components()))
        .containsExactly(
            "CHANGED s-input-0 restarts [its query changed]",
            "CHANGED s restarts [its query changed, it starts with empty state: its window"
                + " aggregation of n changed]");
  }

  private static final String COUNTS =
      """
      CREATE APPLICATION w WITH (partitions = 1);
      CREATE SOURCE a (id INT NOT NULL, v INT, at TIMESTAMP NOT NULL) WITH (connector = 'datagen');
      CREATE SOURCE b (id INT NOT NULL, v INT, at TIMESTAMP NOT NULL) WITH (connector = 'datagen');
      CREATE STREAM s AS SELECT id, n, until FROM (
        SELECT id, window_end AS until, COUNT(*) AS n
        FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(at), INTERVAL '1' MINUTE)) GROUP BY id, window_start, window_end);
      """;

  private static String state(String script, String part, String other) {
    assertThat(script).contains(part);
    PlanDiff diff = PlanDiff.between(plan(script), plan(script.replace(part, other)));
    return diff.components().stream()
        .filter(c -> c.name().equals("s"))
        .findFirst()
        .orElseThrow()
        .reasons()
        .getLast();
  }

  @Test
  void whatBecomesOfTheStateIsSaidBeforehand() {
    assertThat(state(COUNTS, "SELECT id, n, until", "SELECT n * 2 AS m, until, id"))
        .isEqualTo("its state is kept");
    assertThat(state(COUNTS, "window_end);", "window_end) WHERE n > 3;"))
        .isEqualTo("its state is kept");
    assertThat(state(COUNTS, "a (id INT NOT NULL, v INT,", "a (id INT NOT NULL, v INT, w INT,"))
        .isEqualTo("its state is kept");
    assertThat(state(COUNTS, "CREATE STREAM s AS", "CREATE STREAM s TIMESTAMP BY until AS"))
        .isEqualTo("its state is kept");
    assertThat(state(COUNTS, "'1' MINUTE", "'2' MINUTE"))
        .isEqualTo("it starts with empty state: its window aggregation of a changed");
    assertThat(state(COUNTS, "COUNT(*) AS n", "COUNT(*) AS n, SUM(v) AS s"))
        .isEqualTo("its state is kept"); // Nothing reads the sum.
    assertThat(state(COUNTS, "TABLE a", "TABLE b"))
        .isEqualTo("it starts with empty state: it does not read a any more");
    assertThat(
            state(
                COUNTS,
                "SELECT id, n, until",
                "SELECT id, SUM(n) OVER (PARTITION BY id ORDER BY" + " until) AS n, until"))
        .isEqualTo(
            "the state of its window aggregation of a is kept, that of its OVER of a starts empty");
  }

  @Test
  void anotherTimeToForgetKeysIsAnotherState() {
    String script =
        """
        CREATE APPLICATION w WITH (partitions = 1, state_retention = '1 day');
        CREATE SOURCE a (id INT NOT NULL, at TIMESTAMP NOT NULL) WITH (connector = 'datagen');
        CREATE STREAM s AS SELECT id, COUNT(*) AS n FROM a GROUP BY id;
        """;
    assertThat(state(script, "'1 day'", "'2 days'"))
        .isEqualTo("it starts with empty state: its GROUP BY of a changed");
    assertThat(state(script, ", state_retention = '1 day'", ""))
        .isEqualTo("it starts with empty state: its GROUP BY of a changed");
    assertThat(state(script, "COUNT(*) AS n", "COUNT(*) + 1 AS n")).isEqualTo("its state is kept");
  }

  @Test
  void aQueryThatHadNoStateIsSilentAboutIt() {
    assertThat(
            state(
                "CREATE APPLICATION w; CREATE SOURCE a (id INT, v INT) WITH (connector ="
                    + " 'datagen'); CREATE STREAM s AS SELECT id FROM a;",
                "SELECT id",
                "SELECT id, v"))
        .doesNotContain("state");
  }

  @Test
  void aNewColumnConcernsWhateverReadsIt() {
    PlanDiff diff =
        PlanDiff.between(
            plan(INVENTORY),
            plan(INVENTORY.replace("s.*, p.description", "s.*, p.category, p.description")));
    assertThat(changes(diff.streams()))
        .containsExactly("CHANGED enriched_stock [column category was added]");
    assertThat(changes(diff.components()))
        .containsExactly(
            "CHANGED enriched_stock restarts [its query changed, output enriched_stock: column"
                + " category was added]",
            "CHANGED stock_csv restarts [input enriched_stock: column category was added]",
            "CHANGED warehouse restarts [input enriched_stock: column category was added]");
  }

  @Test
  void whatIsNewAndWhatIsGoneIsSaid() {
    String without = INVENTORY.replaceAll("CREATE SINK stock_csv[^;]*;", "");
    assertThat(changes(PlanDiff.between(plan(INVENTORY), plan(without)).components()))
        .containsExactly("REMOVED stock_csv");
    assertThat(changes(PlanDiff.between(plan(without), plan(INVENTORY)).components()))
        .containsExactly("ADDED stock_csv");
    assertThat(changes(PlanDiff.between(null, plan(without)).components())).hasSize(7);
  }

  @Test
  void anOptionOfTheApplicationConcernsAll() {
    PlanDiff diff =
        PlanDiff.between(
            plan(INVENTORY), plan(INVENTORY.replace("'exactly-once'", "'at-least-once'")));
    assertThat(diff.components())
        .allSatisfy(c -> assertThat(c.kind()).isEqualTo(PlanDiff.Kind.CHANGED));
  }

  @Test
  void aPlansQueriesCompileToTheStreamsThatItDescribes() throws IOException {
    for (String script : List.of("inventory.sql", "stateless.sql")) {
      Plan plan =
          new FlowCompiler()
              .compile(
                  Files.readString(Path.of("src/test/resources/golden", script)),
                  "default",
                  new FakeEnvironment())
              .plan()
              .orElseThrow();
      for (Component component : plan.getComponents()) {
        if (component.getSql() != null) {
          PlanQueries.compile(plan, component);
        }
      }
    }
  }
}
