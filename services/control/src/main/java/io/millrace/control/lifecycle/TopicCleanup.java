package io.millrace.control.lifecycle;

import io.millrace.control.status.StatusBoard;
import io.millrace.schemas.control.Plan;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Deletes the topics and the positions of dropped applications, once no component of theirs lives
 * any more. One of the same name can only be made again after that.
 */
@Component
public class TopicCleanup {

  private static final Logger LOG = LoggerFactory.getLogger(TopicCleanup.class);

  private final JdbcClient jdbc;
  private final StatusBoard board;
  private final StreamTopics topics;
  private final Positions positions;

  TopicCleanup(JdbcClient jdbc, StatusBoard board, StreamTopics topics, Positions positions) {
    this.jdbc = jdbc;
    this.board = board;
    this.topics = topics;
    this.positions = positions;
  }

  private record Waiting(String application, List<String> topics) {}

  /** Notes the topics of all plans that the application ever had. */
  public void schedule(String application, List<Plan> plans) {
    jdbc.sql(
            """
            insert into cleanup (application, topics) values (?, ?)
            on conflict (application) do update set topics = excluded.topics, since = now()
            """)
        .params(application, StreamTopics.owned(application, plans).toArray(String[]::new))
        .update();
  }

  /** Deletes what can be deleted; called again and again. */
  void run() {
    List<Waiting> waiting =
        jdbc.sql(
                """
                select c.application, c.topics from cleanup c
                where c.since < now() - interval '2 seconds'
                  and not exists (select 1 from outbox o where o.application = c.application)
                """)
            .query((row, n) ->
                new Waiting(row.getString(1), List.of((String[]) row.getArray(2).getArray())))
            .list();
    for (Waiting dropped : waiting) {
      String name = dropped.application();
      if (!board.isCaughtUp() || board.anyLive(name)) {
        continue;
      }
      try {
        positions.forget(name);
        topics.delete(dropped.topics());
      } catch (RuntimeException e) {
        LOG.warn("{} cannot be cleaned up yet: {}", name, e.toString());
        continue;
      }
      jdbc.sql("delete from cleanup where application = ?").param(name).update();
      jdbc.sql("delete from counter where application = ?").param(name).update();
      board.forget(name);
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
