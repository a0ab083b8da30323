package io.millrace.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretRoutesTest {

  private final Control control = Control.shared();

  @Test
  void secretsGoInAndNeverComeOut() {
    assertThat(control.put("/api/v1/secrets/shop_password", Map.of("value", "s3cr3t!")).status())
        .isEqualTo(204);
    Control.Answer all = control.get("/api/v1/secrets");
    assertThat(all.body().toString()).contains("shop_password").doesNotContain("s3cr3t!");
    assertThat(all.body().path("items").path(0).path("updatedBy").asString()).isEqualTo("tester");
    assertThat(control.get("/api/v1/secrets/shop_password").status()).isEqualTo(200);
    assertThat(control.delete("/api/v1/secrets/shop_password").status()).isEqualTo(204);
    assertThat(control.get("/api/v1/secrets/shop_password").status()).isEqualTo(404);
    assertThat(control.delete("/api/v1/secrets/shop_password").code())
        .isEqualTo("SECRET_NOT_FOUND");
  }

  @Test
  void namesAndValuesAreChecked() {
    assertThat(control.put("/api/v1/secrets/a-b", Map.of("value", "x")).code())
        .isEqualTo("INVALID_SECRET_NAME");
    assertThat(control.put("/api/v1/secrets/ab", Map.of("value", "")).code())
        .isEqualTo("EMPTY_SECRET");
    assertThat(control.put("/api/v1/secrets/ab", "{\"value\": ").code()).isEqualTo("BAD_REQUEST");
  }

  @Test
  void changesAreAuditedAndTheAuditIsForAdministrators() {
    control.put("/api/v1/secrets/audited", Map.of("value", "one"));
    control.put("/api/v1/secrets/audited", Map.of("value", "one"));
    control.put("/api/v1/secrets/audited", Map.of("value", "two"));
    Control.Answer audit = control.get("/api/v1/audit?target=audited");
    assertThat(audit.body().path("items")).hasSize(2);
    assertThat(audit.body().path("items").path(0).path("action").asString())
        .isEqualTo("secret.replace");
    assertThat(audit.body().path("items").path(0).path("who").asString()).isEqualTo("tester");
    assertThat(audit.body().toString()).doesNotContain("one").doesNotContain("two");
    assertThat(control.send("GET", "/api/v1/audit", null, "DEVELOPER", Map.of()).status())
        .isEqualTo(403);
    Control.Answer page = control.get("/api/v1/audit?target=audited&limit=1");
    assertThat(page.body().path("items")).hasSize(1);
    Control.Answer next =
        control.get(
            "/api/v1/audit?target=audited&limit=1&cursor="
                + page.body().path("nextCursor").asString());
    assertThat(next.body().path("items").path(0).path("action").asString())
        .isEqualTo("secret.create");
    assertThat(control.get("/api/v1/audit?cursor=!").code()).isEqualTo("INVALID_CURSOR");
  }

  @Test
  void onlyDevelopersStoreSecrets() {
    assertThat(
            control
                .send("PUT", "/api/v1/secrets/x", Map.of("value", "y"), "OPERATOR", Map.of())
                .status())
        .isEqualTo(403);
  }
}
