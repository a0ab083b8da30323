package io.millrace.gateway.login;

import io.millrace.gateway.token.Digests;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Refresh tokens: each is good for one new access token, and is then replaced. */
@Component
class RefreshTokens {

  private final JdbcClient database;
  private final Duration lifetime;

  RefreshTokens(JdbcClient database, @Value("${millrace.tokens.refresh}") Duration lifetime) {
    this.database = database;
    this.lifetime = lifetime;
  }

  String issue(String account) {
    database.sql("DELETE FROM refresh_token WHERE expires_at < now()").update();
    String token = Digests.random();
    database
        .sql("INSERT INTO refresh_token (hash, account, expires_at) VALUES (?, ?, ?)")
        .params(Digests.of(token), account, Timestamp.from(Instant.now().plus(lifetime)))
        .update();
    return token;
  }

  /** Uses a token up; the account that it was issued to, if it is still good. */
  Optional<String> redeem(String token) {
    return database
        .sql("DELETE FROM refresh_token WHERE hash = ? AND expires_at > now() RETURNING account")
        .param(Digests.of(token))
        .query(String.class)
        .optional();
  }
}
