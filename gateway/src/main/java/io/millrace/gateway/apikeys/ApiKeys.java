package io.millrace.gateway.apikeys;

import io.millrace.gateway.GatewayError;
import io.millrace.gateway.token.Digests;
import io.millrace.gateway.users.AccessAudit;
import io.millrace.gateway.users.Accounts;
import io.millrace.service.security.Caller;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The API keys, in the database. */
@Component
class ApiKeys {

  private final JdbcClient database;
  private final AccessAudit audit;

  ApiKeys(JdbcClient database, AccessAudit audit) {
    this.database = database;
    this.audit = audit;
  }

  /** A key; what its owner holds is shown once, when it is made. */
  record ApiKey(String name, String role, Instant createdAt, String createdBy, Instant expiresAt) {}

  /** The key that a program showed, if it is good. */
  Optional<ApiKey> find(String shown) {
    return database
        .sql(
            "SELECT name, role, created_at, created_by, expires_at FROM api_key"
                + " WHERE hash = ? AND (expires_at IS NULL OR expires_at > now())")
        .param(Digests.of(shown))
        .query(ApiKey.class)
        .optional();
  }

  List<ApiKey> list() {
    return database
        .sql("SELECT name, role, created_at, created_by, expires_at FROM api_key ORDER BY name")
        .query(ApiKey.class)
        .list();
  }

  /** Makes a key and returns what its owner is to hold. */
  @Transactional
  public String create(String name, String role, Instant expiresAt) {
    if (name == null || name.isBlank() || name.length() > 100) {
      throw GatewayError.INVALID_NAME.with();
    }
    String key = Digests.random();
    try {
      database
          .sql(
              "INSERT INTO api_key (name, hash, role, created_by, expires_at) VALUES (?, ?, ?, ?, ?)")
          .param(name)
          .param(Digests.of(key))
          .param(Accounts.checkedRole(role))
          .param(Caller.name())
          .param(expiresAt == null ? null : Timestamp.from(expiresAt))
          .update();
    } catch (DuplicateKeyException e) {
      throw GatewayError.NAME_TAKEN.with(name).because(e);
    }
    audit.record("create API key as " + role, name);
    return key;
  }

  @Transactional
  public void delete(String name) {
    if (database.sql("DELETE FROM api_key WHERE name = ?").param(name).update() == 0) {
      throw GatewayError.UNKNOWN_API_KEY.with(name);
    }
    audit.record("delete API key", name);
  }
}
