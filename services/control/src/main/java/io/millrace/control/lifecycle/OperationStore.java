package io.millrace.control.lifecycle;

import io.millrace.control.ControlError;
import io.millrace.service.security.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Operations in PostgreSQL; they survive a restart in their middle. */
@Repository
class OperationStore {

  private final JdbcClient jdbc;

  OperationStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Starts an operation; whatever was under way for the application is superseded. */
  LifecycleOperation begin(String application, Action action) {
    jdbc.sql(
            """
            update operation set state = 'SUPERSEDED', finished_at = now(),
              message = 'another operation was asked for'
            where application = ? and state = 'RUNNING'
            """)
        .param(application)
        .update();
    UUID id = UUID.randomUUID();
    jdbc.sql(
            """
            insert into operation (id, application, action, state, requested_by)
            values (?, ?, ?, 'RUNNING', ?)
            """)
        .params(id, application, action.name().toLowerCase(Locale.ROOT), Caller.name())
        .update();
    return get(id);
  }

  LifecycleOperation get(UUID id) {
    return jdbc.sql("select * from operation where id = ?")
        .param(id)
        .query(OperationStore::operation)
        .optional()
        .orElseThrow(() -> ControlError.OPERATION_NOT_FOUND.with(id));
  }

  List<LifecycleOperation> running() {
    return jdbc.sql("select * from operation where state = 'RUNNING' order by requested_at")
        .query(OperationStore::operation)
        .list();
  }

  void finish(UUID id, boolean succeeded, String message) {
    jdbc.sql(
            """
            update operation set state = ?, message = ?, finished_at = now()
            where id = ? and state = 'RUNNING'
            """)
        .params(succeeded ? "SUCCEEDED" : "FAILED", message, id)
        .update();
  }

  void progress(UUID id, String message) {
    jdbc.sql(
            """
            update operation set message = :message
            where id = :id and state = 'RUNNING' and message is distinct from :message
            """)
        .param("message", message)
        .param("id", id)
        .update();
  }

  /** Forgets what finished long ago. */
  void prune() {
    jdbc.sql("delete from operation where finished_at < now() - interval '90 days'").update();
  }

  private static LifecycleOperation operation(ResultSet row, int n) throws SQLException {
    OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
    return new LifecycleOperation(
        row.getObject("id", UUID.class),
        row.getString("application"),
        row.getString("action"),
        row.getString("state"),
        row.getString("message"),
        row.getObject("requested_at", OffsetDateTime.class).toInstant(),
        row.getString("requested_by"),
        finished == null ? null : finished.toInstant());
  }
}
