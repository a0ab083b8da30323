package io.millrace.gateway.users;

import io.millrace.gateway.GatewayError;
import io.millrace.service.security.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The accounts of people, in the database. */
@Component
public class Accounts {

  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
  private static final Set<String> ROLES = Set.of("ADMIN", "DEVELOPER", "OPERATOR", "VIEWER");
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._@-]{1,100}");
  private static final int SHORTEST_PASSWORD = 10;

  /** What bcrypt takes; the rest of a longer one would be ignored in silence. */
  private static final int LONGEST_PASSWORD = 72;

  private final JdbcClient database;
  private final AccessAudit audit;
  private final PasswordEncoder passwords = new BCryptPasswordEncoder();

  /** Compared against when the name is unknown, so that the time taken tells nothing. */
  private final String nobody = passwords.encode("nobody has this password");

  Accounts(
      JdbcClient database,
      AccessAudit audit,
      @Value("${millrace.admin.username}") String firstName,
      @Value("${millrace.admin.password}") String firstPassword) {
    this.database = database;
    this.audit = audit;
    if (list().isEmpty()) {
      if (firstPassword.isBlank()) {
        throw new IllegalStateException(
            "there is no user yet: set MILLRACE_ADMIN_PASSWORD to the password of the first administrator");
      }
      insert(firstName, firstPassword, "ADMIN", Caller.SYSTEM);
      LOG.info("created the first administrator, {}", firstName);
    }
  }

  /** A person who may come in. */
  public record Account(
      String name, String role, boolean enabled, Instant createdAt, String createdBy) {}

  /** The account whose name and password these are, if it may log in. */
  public Optional<Account> authenticate(String name, String password) {
    String hash =
        database
            .sql("SELECT password_hash FROM account WHERE name = ? AND enabled")
            .param(name)
            .query(String.class)
            .optional()
            .orElse(nobody);
    boolean right =
        password.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PASSWORD
            && passwords.matches(password, hash);
    return right ? find(name).filter(Account::enabled) : Optional.empty();
  }

  /** The account of a name. */
  public Optional<Account> find(String name) {
    return database
        .sql("SELECT name, role, enabled, created_at, created_by FROM account WHERE name = ?")
        .param(name)
        .query(Account.class)
        .optional();
  }

  List<Account> list() {
    return database
        .sql("SELECT name, role, enabled, created_at, created_by FROM account ORDER BY name")
        .query(Account.class)
        .list();
  }

  @Transactional
  public Account create(String name, String password, String role) {
    insert(name, password, role, Caller.name());
    audit.record("create user as " + role, name);
    return find(name).orElseThrow();
  }

  @Transactional
  public Account change(String name, String password, String role, Boolean enabled) {
    Account before = find(name).orElseThrow(() -> GatewayError.UNKNOWN_USER.with(name));
    if (password != null) {
      database
          .sql("UPDATE account SET password_hash = ? WHERE name = ?")
          .params(passwords.encode(checkedPassword(password)), name)
          .update();
      audit.record("change password", name);
    }
    if (role != null) {
      database
          .sql("UPDATE account SET role = ? WHERE name = ?")
          .params(checkedRole(role), name)
          .update();
      audit.record("change role to " + role, name);
    }
    if (enabled != null) {
      database.sql("UPDATE account SET enabled = ? WHERE name = ?").params(enabled, name).update();
      audit.record(enabled ? "enable user" : "disable user", name);
    }
    revokeRefreshTokens(name);
    keepAnAdministrator(before.name());
    return find(name).orElseThrow();
  }

  @Transactional
  public void delete(String name) {
    if (database.sql("DELETE FROM account WHERE name = ?").param(name).update() == 0) {
      throw GatewayError.UNKNOWN_USER.with(name);
    }
    keepAnAdministrator(name);
    audit.record("delete user", name);
  }

  private void insert(String name, String password, String role, String by) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw GatewayError.INVALID_NAME.with();
    }
    try {
      database
          .sql("INSERT INTO account (name, password_hash, role, created_by) VALUES (?, ?, ?, ?)")
          .params(name, passwords.encode(checkedPassword(password)), checkedRole(role), by)
          .update();
    } catch (DuplicateKeyException e) {
      throw GatewayError.NAME_TAKEN.with(name).because(e);
    }
  }

  private void revokeRefreshTokens(String name) {
    database.sql("DELETE FROM refresh_token WHERE account = ?").param(name).update();
  }

  private void keepAnAdministrator(String changed) {
    long left =
        database
            .sql("SELECT count(*) FROM account WHERE role = 'ADMIN' AND enabled")
            .query(Long.class)
            .single();
    if (left == 0) {
      throw GatewayError.LAST_ADMINISTRATOR.with(changed);
    }
  }

  private static String checkedPassword(String password) {
    if (password == null
        || password.length() < SHORTEST_PASSWORD
        || password.getBytes(StandardCharsets.UTF_8).length > LONGEST_PASSWORD) {
      throw GatewayError.INVALID_PASSWORD.with();
    }
    return password;
  }

  /** The role itself, if there is one of that name. */
  public static String checkedRole(String role) {
    if (role == null || !ROLES.contains(role)) {
      throw GatewayError.INVALID_ROLE.with(role);
    }
    return role;
  }
}
