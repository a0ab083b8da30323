package io.millrace.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApplicationRoutesTest {

  private static final String PATH = "/api/v1/applications";

  private final Control control = Control.shared();

  @Test
  void aScriptBecomesAnApplication() {
    Control.Answer created = control.post(PATH, script(Scripts.chain("first")));
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.http().headers().firstValue("Location")).hasValue(PATH + "/default.first");
    assertThat(created.http().headers().firstValue("ETag")).hasValue("\"1\"");
    assertThat(created.body().path("id").asString()).isEqualTo("default.first");
    assertThat(created.body().path("revision").asLong()).isEqualTo(1);
    assertThat(created.body().path("state").asString()).isEqualTo("CREATED");
    assertThat(created.body().path("graph").path("nodes").size()).isGreaterThanOrEqualTo(5);
    assertThat(created.body().path("graph").path("edges").toString()).contains("\"evens\"");

    Control.Answer got = control.get(PATH + "/default.first");
    assertThat(got.body().path("script").asString()).isEqualTo(Scripts.chain("first"));
    assertThat(got.http().headers().firstValue("ETag")).hasValue("\"1\"");
    JsonNode status = control.get(PATH + "/default.first/status").body();
    assertThat(status.path("state").asString()).isEqualTo("CREATED");
    assertThat(status.path("components")).hasSize(5);

    Control.Answer again = control.post(PATH, script(Scripts.chain("first")));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.code()).isEqualTo("APPLICATION_EXISTS");
  }

  @Test
  void anInvalidScriptIsRefusedWithItsDiagnostics() {
    String wrong = Scripts.chain("wrong").replace("FROM evens WHERE", "FROM evnes WHERE");
    Control.Answer validated = control.post(PATH + "/validate", script(wrong));
    assertThat(validated.status()).isEqualTo(200);
    assertThat(validated.body().path("valid").asBoolean()).isFalse();
    JsonNode diagnostic = validated.body().path("diagnostics").path(0);
    assertThat(diagnostic.path("code").asString()).isEqualTo("UNKNOWN_STREAM");
    assertThat(diagnostic.path("line").asInt()).isEqualTo(5);
    assertThat(diagnostic.path("suggestion").asString()).isEqualTo("evens");

    Control.Answer refused = control.post(PATH, script(wrong));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.code()).isEqualTo("INVALID_SCRIPT");
    assertThat(refused.body().path("diagnostics").path(0).path("line").asInt()).isEqualTo(5);
    assertThat(control.get(PATH + "/default.wrong").status()).isEqualTo(404);
    assertThat(control.post(PATH, Map.of()).code()).isEqualTo("NO_SCRIPT");
    assertThat(control.post(PATH + "/validate", script(" ")).body().path("diagnostics").toString())
        .contains("a script begins with CREATE APPLICATION");
    assertThat(control.post(PATH, "no json").code()).isEqualTo("BAD_REQUEST");
  }

  @Test
  void theNamespaceDefaultCanBeLeftOut() {
    control.post(PATH, script(Scripts.chain("brief")));
    assertThat(control.get(PATH + "/brief").body().path("id").asString())
        .isEqualTo("default.brief");
    for (String below : List.of("/status", "/revisions", "/revisions/1", "/diff?from=1")) {
      assertThat(control.get(PATH + "/brief" + below).status()).as(below).isEqualTo(200);
    }
    assertThat(control.post(PATH + "/brief/diff", script(Scripts.chain("brief"))).status())
        .isEqualTo(200);
    assertThat(control.put(PATH + "/brief", script(Scripts.chain("brief"))).status())
        .isEqualTo(200);
    assertThat(control.get("/api/v1/streams/brief.evens").body().path("name").asString())
        .isEqualTo("default.brief.evens");
    assertThat(control.get("/api/v1/dead-letters?application=brief").status()).isEqualTo(200);
    assertThat(control.post(PATH + "/brief/start", Map.of()).code()).isEqualTo("NOT_DEPLOYED");
    assertThat(control.delete(PATH + "/brief").status()).isEqualTo(204);
  }

  @Test
  void validationKnowsSecretsAndTheTablesOfDatabases() {
    control.put("/api/v1/secrets/cdc_password", Map.of("value", "hidden"));
    String script =
        """
        CREATE APPLICATION shop;
        CREATE SOURCE db WITH (connector = 'shop-cdc', password = SECRET cdc_password);
        CREATE STREAM changes FROM db TABLE 'shop.stock';
        CREATE STREAM stock AS SELECT c.after.id, c.after.quantity FROM changes AS c;
        """;
    Control.Answer valid = control.post(PATH + "/validate", script(script));
    assertThat(valid.body().path("diagnostics").toString()).doesNotContain("ERROR");
    assertThat(valid.body().path("valid").asBoolean()).isTrue();
    Control.Answer unknown =
        control.post(PATH + "/validate", script(script.replace("'shop.stock'", "'shop.stocks'")));
    assertThat(unknown.body().path("diagnostics").path(0).path("code").asString())
        .isEqualTo("UNKNOWN_TABLE");
    Control.Answer noSecret =
        control.post(
            PATH + "/validate", script(script.replace("SECRET cdc_password", "SECRET cdc_pass")));
    assertThat(noSecret.body().path("diagnostics").path(0).path("code").asString())
        .isEqualTo("UNKNOWN_SECRET");
    assertThat(noSecret.body().path("diagnostics").path(0).path("suggestion").asString())
        .contains("cdc_password");
  }

  @Test
  void eplIsCheckedByTheAnalyticsServiceWithPositions() {
    String script =
        """
        CREATE APPLICATION patterns;
        CREATE SOURCE numbers (id INT, name STRING) WITH (connector = 'numbers', rate = 10);
        CREATE STREAM found (id INT) AS EPL $$ select id
          %s from numbers $$;
        """;
    Control.Answer right = control.post(PATH + "/validate", script(script.formatted("")));
    assertThat(right.body().path("valid").asBoolean()).isTrue();
    assertThat(FakeAnalytics.shared().bodies).last().asString().contains("select id", "numbers");

    JsonNode wrong = control.post(PATH + "/validate", script(script.formatted("wrong"))).body();
    assertThat(wrong.path("valid").asBoolean()).isFalse();
    assertThat(wrong.path("diagnostics").toString())
        .contains("INVALID_EPL", "\"line\":4,\"column\":3,\"endLine\":4,\"endColumn\":7");

    JsonNode broken = control.post(PATH + "/validate", script(script.formatted("broken"))).body();
    assertThat(broken.path("valid").asBoolean()).isTrue();
    assertThat(broken.path("diagnostics").toString()).contains("EPL_NOT_CHECKED", "WARNING");
  }

  @Test
  void revisionsAreKeptComparedAndGuardedByETags() {
    control.post(PATH, script(Scripts.chain("revised")));
    String path = PATH + "/default.revised";
    String changed = Scripts.chain("revised").replace("id > 100", "id > 1000");

    JsonNode diff = control.post(path + "/diff", script(changed)).body();
    assertThat(diff.path("components").toString()).contains("CHANGED").contains("UNCHANGED");

    Control.Answer unchanged = control.put(path, script(Scripts.chain("revised")));
    assertThat(unchanged.body().path("revision").asLong()).isEqualTo(1);

    Control.Answer second =
        control.send("PUT", path, script(changed), "DEVELOPER", Map.of("If-Match", "\"1\""));
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body().path("revision").asLong()).isEqualTo(2);
    assertThat(second.http().headers().firstValue("ETag")).hasValue("\"2\"");

    Control.Answer late =
        control.send("PUT", path, script(changed), "DEVELOPER", Map.of("If-Match", "\"1\""));
    assertThat(late.status()).isEqualTo(412);
    assertThat(late.code()).isEqualTo("CHANGED_MEANWHILE");
    assertThat(
            control.send("DELETE", path, null, "DEVELOPER", Map.of("If-Match", "\"1\"")).status())
        .isEqualTo(412);

    JsonNode revisions = control.get(path + "/revisions").body();
    assertThat(revisions.path("items")).hasSize(2);
    assertThat(revisions.path("items").path(0).path("revision").asLong()).isEqualTo(2);
    assertThat(control.get(path + "/revisions/1").body().path("script").asString())
        .contains("id > 100");
    assertThat(control.get(path + "/revisions/7").code()).isEqualTo("REVISION_NOT_FOUND");
    assertThat(control.get(path + "/diff?from=1&to=2").body().toString()).contains("CHANGED");

    assertThat(control.put(path, script(Scripts.chain("other"))).code()).isEqualTo("ANOTHER_NAME");
    assertThat(control.put(PATH + "/default.nowhere", script(changed)).code())
        .isEqualTo("APPLICATION_NOT_FOUND");
  }

  @Test
  void theListComesInPages() {
    for (String name : new String[] {"page_a", "page_b", "page_c"}) {
      control.post(PATH, script(Scripts.chain(name)));
    }
    int found = 0;
    String cursor = "";
    do {
      JsonNode page = control.get(PATH + "?limit=2&cursor=" + cursor).body();
      assertThat(page.path("items").size()).isLessThanOrEqualTo(2);
      for (JsonNode item : page.path("items")) {
        found += item.path("name").asString().startsWith("default.page_") ? 1 : 0;
      }
      cursor = page.path("nextCursor").asString("");
    } while (!cursor.isEmpty());
    assertThat(found).isEqualTo(3);
  }

  @Test
  void streamsAreDescribed() {
    control.post(PATH, script(Scripts.chain("described")));
    JsonNode stream = control.get("/api/v1/streams/default.described.evens").body();
    assertThat(stream.path("topic").asString()).isEqualTo("default.described.evens");
    assertThat(stream.path("columns").path(0).path("type").asString()).isEqualTo("INT");
    assertThat(stream.path("partitions").asInt()).isEqualTo(3);
    assertThat(stream.path("writtenBy").toString()).contains("evens");
    assertThat(stream.path("readBy").toString()).contains("big").contains("delivered");
    assertThat(control.get("/api/v1/streams/default.described.none").code())
        .isEqualTo("STREAM_NOT_FOUND");
    assertThat(control.get("/api/v1/streams/none").status()).isEqualTo(404);
  }

  @Test
  void whoMayDoWhat() {
    Map<String, String> none = Map.of();
    assertThat(control.send("GET", PATH, null, null, none).status()).isEqualTo(401);
    assertThat(control.send("GET", PATH, null, "VIEWER", none).status()).isEqualTo(200);
    for (String role : new String[] {"VIEWER", "OPERATOR"}) {
      assertThat(
              control.send("POST", PATH, script(Scripts.chain("forbidden")), role, none).status())
          .isEqualTo(403);
      assertThat(control.send("DELETE", PATH + "/default.first", null, role, none).status())
          .isEqualTo(403);
    }
    assertThat(control.send("POST", PATH + "/default.first/deploy", null, "VIEWER", none).status())
        .isEqualTo(403);
  }

  @Test
  void secretsInUseStay() {
    control.put("/api/v1/secrets/used_password", Map.of("value", "hidden"));
    control.post(
        PATH,
        script(
            """
            CREATE APPLICATION secretive;
            CREATE SOURCE db WITH (connector = 'shop-cdc', password = SECRET used_password);
            CREATE STREAM changes FROM db TABLE 'shop.stock';
            """));
    Control.Answer refused = control.delete("/api/v1/secrets/used_password");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("SECRET_IN_USE");
    assertThat(refused.body().path("detail").asString()).contains("default.secretive");
    control.delete(PATH + "/default.secretive");
    assertThat(control.delete("/api/v1/secrets/used_password").status()).isEqualTo(204);
  }

  @Test
  void openApiDescribesTheRoutes() {
    Control.Answer docs = control.get("/v3/api-docs");
    assertThat(docs.status()).isEqualTo(200);
    assertThat(docs.body().path("paths").toString())
        .contains("/api/v1/applications/{name}/status")
        .contains("/api/v1/dead-letters/replay");
  }

  private static Map<String, String> script(String script) {
    return Map.of("script", script);
  }
}
