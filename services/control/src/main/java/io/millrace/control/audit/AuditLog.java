package io.millrace.control.audit;

import io.millrace.control.web.Page;
import io.millrace.service.security.Caller;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who changed what, when. Written in the transaction of the change itself. */
@Repository
public class AuditLog {

  private final JdbcClient jdbc;

  AuditLog(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** One change. */
  public record Entry(
      long id, Instant at, String who, String action, String target, String details) {}

  /**
   * Notes a change by the caller of this request, or by the platform itself.
   *
   * @param action what was done, for instance {@code application.start}
   * @param target the name of what was changed
   * @param details what a person wants to know of it, never a secret; or null
   */
  public void note(String action, String target, String details) {
    jdbc.sql("insert into audit (who, action, target, details) values (?, ?, ?, ?)")
        .params(Caller.name(), action, target, details)
        .update();
  }

  Page<Entry> entries(String target, String cursor, int size) {
    String position = Page.position(cursor);
    List<Entry> fetched =
        jdbc.sql(
                """
                select id, at, who, action, target, details from audit
                where id < :before and (:target::text is null or target = :target)
                order by id desc limit :limit
                """)
            .param("before", position.isEmpty() ? Long.MAX_VALUE : number(position))
            .param("target", target)
            .param("limit", size + 1)
            .query((row, n) ->
                new Entry(
                    row.getLong("id"),
                    row.getObject("at", OffsetDateTime.class).toInstant(),
                    row.getString("who"),
                    row.getString("action"),
                    row.getString("target"),
                    row.getString("details")))
            .list();
    return Page.of(fetched, size, entry -> Long.toString(entry.id()));
  }

  private static long number(String position) {
    try {
      return Long.parseLong(position);
    } catch (NumberFormatException e) {
      throw io.millrace.control.ControlError.INVALID_CURSOR.with(position).because(e);
    }
  }
}
