package io.millrace.control.secret;

import io.millrace.control.ControlError;
import io.millrace.control.audit.AuditLog;
import io.millrace.service.secret.SecretCipher;
import io.millrace.service.secret.SecretException;
import io.millrace.service.security.Caller;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Secrets, encrypted at rest. Values go in and never come out. */
@Repository
public class SecretStore {

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,99}");

  private final JdbcClient jdbc;
  private final ObjectProvider<SecretCipher> cipher;
  private final AuditLog audit;
  private final ApplicationEventPublisher events;

  SecretStore(
      JdbcClient jdbc,
      ObjectProvider<SecretCipher> cipher,
      AuditLog audit,
      ApplicationEventPublisher events) {
    this.jdbc = jdbc;
    this.cipher = cipher;
    this.audit = audit;
    this.events = events;
  }

  /** What may be known of a secret. */
  public record Description(String name, Instant updatedAt, String updatedBy) {}

  /** A secret has another value; published within its transaction. */
  public record Replaced(String name, String oldReference, String newReference) {}

  /** A secret is to be deleted; a listener may object by throwing. */
  public record Deleting(String name, String reference) {}

  public List<Description> all() {
    return jdbc.sql("select name, updated_at, updated_by from secret order by name")
        .query((row, n) ->
            new Description(
                row.getString("name"),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                row.getString("updated_by")))
        .list();
  }

  /** How a secret stands in a plan's options: {@code ${secret:CIPHERTEXT}}. */
  public Optional<String> reference(String name) {
    return ciphertext(name).map(SecretCipher::reference);
  }

  /** Stores a value; the same value again changes nothing, so nothing restarts. */
  @Transactional
  public void put(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw ControlError.INVALID_SECRET_NAME.with(name);
    }
    if (value == null || value.isEmpty()) {
      throw ControlError.EMPTY_SECRET.with();
    }
    Optional<String> before = ciphertext(name);
    if (before.isPresent() && value.equals(decrypted(before.get()))) {
      return;
    }
    String ciphertext = cipher.getObject().encrypt(value);
    jdbc.sql(
            """
            insert into secret (name, ciphertext, updated_by) values (:name, :ciphertext, :by)
            on conflict (name) do update
            set ciphertext = excluded.ciphertext, updated_by = excluded.updated_by, updated_at = now()
            """)
        .param("name", name)
        .param("ciphertext", ciphertext)
        .param("by", Caller.name())
        .update();
    audit.note(before.isPresent() ? "secret.replace" : "secret.create", name, null);
    before.ifPresent(old ->
        events.publishEvent(
            new Replaced(name, SecretCipher.reference(old), SecretCipher.reference(ciphertext))));
  }

  @Transactional
  public void delete(String name) {
    String reference = reference(name).orElseThrow(() -> ControlError.SECRET_NOT_FOUND.with(name));
    events.publishEvent(new Deleting(name, reference));
    jdbc.sql("delete from secret where name = ?").param(name).update();
    audit.note("secret.delete", name, null);
  }

  private Optional<String> ciphertext(String name) {
    return jdbc.sql("select ciphertext from secret where name = ?")
        .param(name)
        .query(String.class)
        .optional();
  }

  private String decrypted(String ciphertext) {
    try {
      return cipher.getObject().decrypt(ciphertext);
    } catch (SecretException e) {
      return null;
    }
  }
}
