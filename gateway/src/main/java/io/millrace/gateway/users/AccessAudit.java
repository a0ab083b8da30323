package io.millrace.gateway.users;

import io.millrace.service.security.Caller;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who changed who may come in. */
@Component
public class AccessAudit {

  private final JdbcClient database;

  AccessAudit(JdbcClient database) {
    this.database = database;
  }

  /** One change. */
  public record Entry(Instant at, String who, String action, String target) {}

  /** Writes a change down, in the transaction that makes it. */
  public void record(String action, String target) {
    database
        .sql("INSERT INTO access_audit (who, action, target) VALUES (?, ?, ?)")
        .params(Caller.name(), action, target)
        .update();
  }

  List<Entry> latest(int limit) {
    return database
        .sql("SELECT at, who, action, target FROM access_audit ORDER BY id DESC LIMIT ?")
        .param(limit)
        .query(Entry.class)
        .list();
  }
}
