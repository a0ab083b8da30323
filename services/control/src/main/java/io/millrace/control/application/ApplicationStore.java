package io.millrace.control.application;

import io.millrace.control.web.Page;
import io.millrace.flow.plan.Graph;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.service.bus.Outbound;
import io.millrace.service.security.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Applications and their revisions in PostgreSQL. */
@Repository
public class ApplicationStore {

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final Map<String, Outline> outlines = new ConcurrentHashMap<>();

  ApplicationStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  private record Outline(Instant createdAt, long revision, Plan plan) {
    boolean isOf(ApplicationRecord application) {
      return revision == application.revision() && createdAt.equals(application.createdAt());
    }
  }

  /** A revision without what is large. */
  public record RevisionSummary(long revision, Instant createdAt, String createdBy) {}

  public Optional<ApplicationRecord> find(String name) {
    return jdbc.sql("select * from application where name = ?")
        .param(name)
        .query(ApplicationStore::application)
        .optional();
  }

  /** Finds an application and keeps everybody else from changing it until the transaction ends. */
  public Optional<ApplicationRecord> lock(String name) {
    return jdbc.sql("select * from application where name = ? for update")
        .param(name)
        .query(ApplicationStore::application)
        .optional();
  }

  /** Applications by name, after one name. */
  public List<ApplicationRecord> after(String name, int limit) {
    return jdbc.sql("select * from application where name > ? order by name limit ?")
        .params(name, limit)
        .query(ApplicationStore::application)
        .list();
  }

  public Page<ApplicationRecord> page(String cursor, int size) {
    return Page.of(after(Page.position(cursor), size + 1), size, ApplicationRecord::name);
  }

  public List<ApplicationRecord> deployed() {
    return jdbc.sql("select * from application where desired is not null order by name")
        .query(ApplicationStore::application)
        .list();
  }

  /** Adds an application, not deployed; false when there is one of that name. */
  public boolean insert(String name) {
    return jdbc.sql(
                """
                insert into application (name, revision, created_by, updated_by)
                values (:name, 1, :by, :by) on conflict do nothing
                """)
            .param("name", name)
            .param("by", Caller.name())
            .update()
        == 1;
  }

  public void insertRevision(String name, long revision, String script, Plan plan, Graph graph) {
    jdbc.sql(
            """
            insert into revision (application, revision, script, plan, graph, created_by)
            values (?, ?, ?, ?, ?, ?)
            """)
        .params(
            name,
            revision,
            script,
            Outbound.encode(plan),
            json.writeValueAsString(graph),
            Caller.name())
        .update();
    jdbc.sql(
            "update application set revision = ?, updated_at = now(), updated_by = ? where name ="
                + " ?")
        .params(revision, Caller.name(), name)
        .update();
  }

  public void replacePlan(String name, long revision, Plan plan) {
    jdbc.sql("update revision set plan = ? where application = ? and revision = ?")
        .params(Outbound.encode(plan), name, revision)
        .update();
  }

  /** What the services are to be told from now on; null takes the application from them. */
  public void desire(String name, DesiredState desired, List<String> drained) {
    jdbc.sql("update application set desired = ?, drained = ? where name = ?")
        .params(desired == null ? null : desired.name(), drained.toArray(String[]::new), name)
        .update();
  }

  public void reached(String name, ReachedState state) {
    jdbc.sql("update application set reached = ? where name = ? and reached <> ?")
        .params(state.name(), name, state.name())
        .update();
  }

  public void delete(String name) {
    jdbc.sql("delete from application where name = ?").param(name).update();
    outlines.remove(name);
  }

  public Optional<Revision> revision(String name, long revision) {
    return jdbc.sql("select * from revision where application = ? and revision = ?")
        .params(name, revision)
        .query(this::revision)
        .optional();
  }

  public Revision current(ApplicationRecord application) {
    return revision(application.name(), application.revision())
        .orElseThrow(() ->
            new IllegalStateException(
                "revision %d of %s is missing"
                    .formatted(application.revision(), application.name())));
  }

  /**
   * The application's plan for looking at: names, kinds and connections of its components. Kept in
   * memory by revision, for statuses are asked for all the time; options may be older than a secret
   * that was replaced since.
   */
  public Plan outline(ApplicationRecord application) {
    Outline known = outlines.get(application.name());
    if (known == null || !known.isOf(application)) {
      known =
          new Outline(application.createdAt(), application.revision(), current(application).plan());
      outlines.put(application.name(), known);
    }
    return known.plan();
  }

  /** The current revisions of all applications. */
  public List<Revision> currents() {
    return jdbc.sql(
            """
            select r.* from revision r
            join application a on a.name = r.application and a.revision = r.revision
            order by a.name
            """)
        .query(this::revision)
        .list();
  }

  /** The plans of all revisions of an application. */
  public List<Plan> plans(String name) {
    return jdbc.sql("select plan from revision where application = ?")
        .param(name)
        .query((row, n) -> plan(row.getBytes("plan")))
        .list();
  }

  public Page<RevisionSummary> revisions(String name, long before, int size) {
    List<RevisionSummary> fetched =
        jdbc.sql(
                """
                select revision, created_at, created_by from revision
                where application = ? and revision < ? order by revision desc limit ?
                """)
            .params(name, before, size + 1)
            .query((row, n) ->
                new RevisionSummary(
                    row.getLong("revision"),
                    instant(row, "created_at"),
                    row.getString("created_by")))
            .list();
    return Page.of(fetched, size, r -> Long.toString(r.revision()));
  }

  private static ApplicationRecord application(ResultSet row, int n) throws SQLException {
    String desired = row.getString("desired");
    return new ApplicationRecord(
        row.getString("name"),
        row.getLong("revision"),
        desired == null ? null : DesiredState.valueOf(desired),
        ReachedState.valueOf(row.getString("reached")),
        List.of((String[]) row.getArray("drained").getArray()),
        instant(row, "created_at"),
        row.getString("created_by"),
        instant(row, "updated_at"),
        row.getString("updated_by"));
  }

  private Revision revision(ResultSet row, int n) throws SQLException {
    return new Revision(
        row.getString("application"),
        row.getLong("revision"),
        row.getString("script"),
        plan(row.getBytes("plan")),
        json.readValue(row.getString("graph"), Graph.class),
        instant(row, "created_at"),
        row.getString("created_by"));
  }

  private static Plan plan(byte[] bytes) {
    try {
      return Plan.fromByteBuffer(ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("a stored plan cannot be read", e);
    }
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
