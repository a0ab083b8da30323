package io.millrace.flow.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.diagnostic.Diagnostic;
import io.millrace.flow.diagnostic.Diagnostics;
import io.millrace.flow.diagnostic.ScriptText;
import java.util.List;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.junit.jupiter.api.Test;

class ScriptParserTest {

  private final ScriptParser parser = new ScriptParser(SqlConformanceEnum.LENIENT);

  private record Result(List<Statement> statements, List<Diagnostic> diagnostics) {}

  private Result parse(String script) {
    Diagnostics diagnostics = new Diagnostics(new ScriptText(script));
    List<Statement> statements = parser.script(diagnostics).statements();
    return new Result(statements, diagnostics.sorted());
  }

  private Statement one(String statement) {
    Result result = parse(statement);
    assertThat(result.diagnostics()).isEmpty();
    assertThat(result.statements()).hasSize(1);
    return result.statements().get(0);
  }

  @Test
  void everyStatementOfTheLanguageIsRead() {
    Result result =
        parse(
            """
            create application inventory with (delivery = 'exactly-once', on_error = stop);
            CREATE FLOW at_the_edge ON GROUP edge;
            CREATE SOURCE shop WITH (connector = 'mariadb-cdc', port = 3306, max.batch-size = -1,
              password = SECRET shop_password, ssl = true, "table" = 'x', table = 'y''z');
            CREATE SOURCE lines (ts TIMESTAMP, text STRING NOT NULL, nested ROW(a INT, b BYTES),
              list ARRAY<DECIMAL(10, 2)>, more INT ARRAY, m MAP<STRING, DOUBLE>, j JSON)
              WITH (connector = 'file');
            END FLOW;
            CREATE STREAM a FROM shop TABLE 'shop.stock';
            CREATE STREAM b (x INT, y STRING) WITH (topic = 't', format = 'json');
            CREATE STREAM c PARTITION BY x, y TIMESTAMP BY ts ALLOW LATENESS INTERVAL '10' SECOND
              AS SELECT x, y, ts FROM b;
            CREATE STREAM d PARTITION BY (x) AS SELECT * FROM b;
            CREATE STREAM e (x INT) AS EPL $$ select a.x from pattern [every a=A -> b=B; ] $$;
            INSERT INTO d SELECT x FROM b;
            INSERT INTO ns.app.d (x, y) SELECT x, y FROM b UNION ALL SELECT 1, 'a' FROM c;
            CREATE CACHE f (k INT PRIMARY KEY, v STRING) WITH (connector = 'jdbc');
            CREATE CACHE f2 (k INT, l INT, v STRING, PRIMARY KEY (k, l)) WITH (connector = 'jdbc');
            CREATE CACHE g KEY (k) FROM shop TABLE 'shop.product';
            CREATE CACHE h KEY (k, l) FROM d;
            CREATE MATERIALIZED VIEW i KEY (k) RETAIN INTERVAL '7' DAY AS
              SELECT k, COUNT(*) FROM d GROUP BY k;
            CREATE ALERT j ON d KEY (k) RAISE WHEN x > 10 AND y IS NOT NULL CLEAR WHEN x < 5
              SEVERITY high MESSAGE 'too much {x}' REPEAT EVERY INTERVAL '10' MINUTE
              NOTIFY mail, slack;
            CREATE MODEL k WITH (type = 'onnx', location = '/m');
            CREATE SINK l FROM d WITH (connector = 'file', rows = 1.5);
            """);
    assertThat(result.diagnostics()).isEmpty();
    assertThat(result.statements()).hasSize(20);
    Statement.CreateSource source = (Statement.CreateSource) result.statements().get(2);
    assertThat(source.options())
        .extracting(o -> o.name() + "=" + o.value().kind() + ":" + o.value().text())
        .containsExactly(
            "connector=STRING:mariadb-cdc",
            "port=NUMBER:3306",
            "max.batch-size=NUMBER:-1",
            "password=SECRET:shop_password",
            "ssl=BOOLEAN:true",
            "table=STRING:x",
            "table=STRING:y'z");
  }

  @Test
  void theWordsOfStatementsStayFreeAsNames() {
    one("CREATE STREAM message AS SELECT sink, source, message, model, cache FROM flow");
    one("CREATE STREAM epl AS SELECT epl FROM repeat AS alert");
  }

  @Test
  void positionsAreThoseOfTheScript() {
    Result result =
        parse(
            "/* one */\r\n"
                + "CREATE\tSTREAM a\n"
                + "  AS SELECT 1 FROM b ; \n"
                + "\t CREATE SINK c FROM d WITH (x = 1)");
    assertThat(result.diagnostics()).isEmpty();
    assertThat(result.statements())
        .extracting(s -> s.pos().toString())
        .containsExactly("line 2, column 1", "line 4, column 3");
    assertThat(((Statement.Named) result.statements().get(1)).name().getParserPosition().toString())
        .isEqualTo("line 4, column 15");
  }

  @Test
  void aFaultyStatementHidesNoOther() {
    Result result =
        parse(
            """
            CREATE STREM a AS SELECT 1 FROM b;
            CREATE STREAM b AS SELECT a FORM b;
            CREATE STREAM c AS SELECT 1 FROM b
            CREATE SINK d FROM c WITH (connector = 'file);
            CREATE SINK e FROM c WITH (connector 'file');
            CREATE SINK table FROM c WITH (connector = 'file');
            CREATE STREAM f AS SELECT
            """);
    assertThat(result.diagnostics())
        .extracting(Diagnostic::toString)
        .containsExactly(
            "1:8 error SYNTAX: unexpected STREM; expected ALERT, APPLICATION, CACHE, FLOW,"
                + " MATERIALIZED, MODEL, SINK, SOURCE, STREAM. Did you mean STREAM?",
            "2:29 error SYNTAX: unexpected FORM. Did you mean FROM?",
            "4:1 error SYNTAX: a semicolon is missing before CREATE. Did you mean ; CREATE?",
            "4:40 error SYNTAX: this string is not closed; put ' where it ends",
            "5:38 error SYNTAX: unexpected 'file'; expected =",
            "6:13 error SYNTAX: unexpected table; it is a reserved word, as a name it has to be"
                + " quoted: \"table\". Did you mean \"table\"?",
            "7:25 error SYNTAX: the statement ends too early; expected an expression");
  }
}
