package io.millrace.control.lifecycle;

import io.millrace.control.status.StatusBoard;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.Plan;
import io.millrace.service.bus.Outbound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sees dropped applications off: the services are sent a last plan, by which connectors let go of
 * what they keep elsewhere; once no component lives any more, the topics and the positions are
 * deleted. An application of the same name can only be made again after that.
 */
@Component
public class TopicCleanup {

  private static final Logger LOG = LoggerFactory.getLogger(TopicCleanup.class);

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final StatusBoard board;
  private final StreamTopics topics;
  private final StreamRetention retention;
  private final Positions positions;

  TopicCleanup(
      JdbcClient jdbc,
      Outbox outbox,
      StatusBoard board,
      StreamTopics topics,
      StreamRetention retention,
      Positions positions,
      TransactionTemplate transaction) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.transaction = transaction;
    this.board = board;
    this.topics = topics;
    this.retention = retention;
    this.positions = positions;
  }

  private record Waiting(String application, List<String> topics, Plan plan, boolean overdue) {}

  /** Notes what all plans that the application ever had are to leave behind: nothing. */
  public void schedule(String application, List<Plan> plans) {
    jdbc.sql(
            """
            insert into cleanup (application, topics, plan) values (?, ?, ?)
            on conflict (application) do update
            set topics = excluded.topics, plan = excluded.plan, since = now()
            """)
        .params(
            application,
            StreamTopics.owned(application, plans).toArray(String[]::new),
            Outbound.encode(DroppedPlan.of(plans)))
        .update();
  }

  /** What the services are told of a dropped application that is being cleaned up. */
  Optional<Plan> plan(String application) {
    return jdbc.sql("select plan from cleanup where application = ? and plan is not null")
        .param(application)
        .query((row, n) -> plan(row.getBytes("plan")))
        .optional();
  }

  /** Deletes what can be deleted; called again and again. */
  void run() {
    List<Waiting> waiting =
        jdbc.sql(
                """
                select c.application, c.topics, c.plan, c.since < now() - interval '60 seconds'
                from cleanup c
                where c.since < now() - interval '2 seconds'
                  and not exists (select 1 from outbox o where o.application = c.application)
                """)
            .query((row, n) ->
                new Waiting(
                    row.getString(1),
                    List.of((String[]) row.getArray(2).getArray()),
                    plan(row.getBytes(3)),
                    row.getBoolean(4)))
            .list();
    for (Waiting dropped : waiting) {
      String name = dropped.application();
      if (!board.isCaughtUp() || !isLetGo(dropped)) {
        continue;
      }
      try {
        positions.forget(name);
        topics.delete(dropped.topics());
        retention.forget(dropped.topics());
      } catch (RuntimeException e) {
        LOG.warn("{} cannot be cleaned up yet: {}", name, e.toString());
        continue;
      }
      transaction.executeWithoutResult(status -> {
        jdbc.sql("delete from cleanup where application = ?").param(name).update();
        jdbc.sql("delete from counter where application = ?").param(name).update();
        outbox.put(name);
      });
      board.forget(name);
    }
  }

  /** Whether nothing runs any more, and the connectors have let go of what they keep elsewhere. */
  private boolean isLetGo(Waiting dropped) {
    if (board.anyHeld(dropped.application())) {
      return false;
    }
    List<String> silent =
        connectors(dropped.plan())
            .filter(component -> !board.isReleased(dropped.application(), component))
            .toList();
    if (!silent.isEmpty() && dropped.overdue()) {
      LOG.warn(
          "{} is cleaned up although no service said that it let go of {}; a replication slot may"
              + " be left",
          dropped.application(),
          silent);
      return true;
    }
    return silent.isEmpty();
  }

  private static Stream<String> connectors(Plan plan) {
    return plan == null
        ? Stream.of()
        : plan.getComponents().stream()
            .filter(c -> c.getKind() == ComponentKind.SOURCE || c.getKind() == ComponentKind.SINK)
            .filter(c -> c.getConnector() != null)
            .map(io.millrace.schemas.control.Component::getName);
  }

  private static Plan plan(byte[] bytes) {
    try {
      return bytes == null ? null : Plan.fromByteBuffer(ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("a stored plan cannot be read", e);
    }
  }

  /** Whether the remains of a dropped application are still about. */
  public boolean isUnderWay(String application) {
    return jdbc.sql("select count(*) from cleanup where application = ?")
            .param(application)
            .query(Integer.class)
            .single()
        > 0;
  }
}
