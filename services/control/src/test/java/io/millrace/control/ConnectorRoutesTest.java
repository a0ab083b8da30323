package io.millrace.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectorRoutesTest {

  private final Control control = Control.shared();

  @Test
  void theCatalogueHasTheOptionsOfEveryConnector() {
    Control.Answer all = control.get("/api/v1/connectors?direction=SOURCE");
    assertThat(all.status()).isEqualTo(200);
    assertThat(all.body().toString()).contains("\"type\":\"numbers\"").contains("\"rate\"");
    assertThat(control.get("/api/v1/connectors/file").body().path("items")).hasSize(2);
    Control.Answer missing = control.get("/api/v1/connectors/nothing");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.code()).isEqualTo("CONNECTOR_NOT_FOUND");
  }

  @Test
  void aCheckGoesToTheServiceWithThePersonsTokenAndReferencesToSecrets() {
    control.put("/api/v1/secrets/probe_password", Map.of("value", "very secret"));
    Control.Answer checked =
        control.post(
            "/api/v1/connectors/shop-cdc/check",
            Map.of(
                "options",
                Map.of("password", Map.of("secret", "probe_password"), "tables", "shop.stock")));
    assertThat(checked.status()).isEqualTo(200);
    assertThat(checked.body().path("problems").path(0).path("code").asString())
        .isEqualTo("BINLOG_OFF");
    assertThat(FakeIngestion.shared().tokens).last().asString().startsWith("Bearer ");
    assertThat(FakeIngestion.shared().bodies)
        .anyMatch(body -> body.contains("${secret:"))
        .noneMatch(body -> body.contains("very secret"));
  }

  @Test
  void theServicesOwnProblemComesThrough() {
    Control.Answer refused =
        control.post("/api/v1/connectors/numbers/check", Map.of("options", Map.of()));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("DATABASE_SAYS_NO");
  }

  @Test
  void aServiceThatIsDownIsNamed() {
    Control.Answer down =
        control.post("/api/v1/connectors/file/check?direction=SINK", Map.of("options", Map.of()));
    assertThat(down.status()).isEqualTo(503);
    assertThat(down.code()).isEqualTo("SERVICE_UNAVAILABLE");
    assertThat(down.body().path("detail").asString()).contains("delivery");
  }

  @Test
  void tablesAreListedWhereThereAreTables() {
    assertThat(
            control
                .post("/api/v1/connectors/shop-cdc/tables", Map.of("options", Map.of()))
                .body()
                .path("tables")
                .path(0)
                .path("name")
                .asString())
        .isEqualTo("shop.stock");
    assertThat(
            control.post("/api/v1/connectors/numbers/tables", Map.of("options", Map.of())).code())
        .isEqualTo("CONNECTOR_HANDS_OUT_NO_TABLES");
  }

  @Test
  void aViewerMayLookAndNotTry() {
    assertThat(control.send("GET", "/api/v1/connectors", null, "VIEWER", Map.of()).status())
        .isEqualTo(200);
    assertThat(
            control
                .send(
                    "POST",
                    "/api/v1/connectors/shop-cdc/check",
                    Map.of("options", Map.of()),
                    "VIEWER",
                    Map.of())
                .status())
        .isEqualTo(403);
    assertThat(control.send("GET", "/api/v1/connectors", null, null, Map.of()).status())
        .isEqualTo(401);
  }
}
