package io.millrace.control.lifecycle;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes events once they have been there for as long as their stream's retention. Kafka's own
 * retention counts from a record's timestamp, which is the time of the event: history would be
 * removed as it comes in. So the topics have none, and what counts here is when events arrived:
 * from time to time it is noted where each partition ends, and what was before the end that is old
 * enough is deleted. Nothing is deleted earlier than that, and at most a fiftieth later, or two
 * rounds. Several instances may do this at once.
 */
@Component
class StreamRetention {

  private static final Logger LOG = LoggerFactory.getLogger(StreamRetention.class);

  /** Ends are noted so many times within a retention, if there are as many rounds. */
  private static final int NOTES = 50;

  private final JdbcTemplate jdbc;
  private final StreamTopics topics;

  /** What this instance has deleted before already. */
  private final Map<TopicPartition, Long> deleted = new HashMap<>();

  StreamRetention(JdbcTemplate jdbc, StreamTopics topics) {
    this.jdbc = jdbc;
    this.topics = topics;
  }

  private record Due(TopicPartition partition, long offset, Timestamp seenAt) {}

  /**
   * From now on topics are kept so long.
   *
   * @param millis by topic
   */
  void keep(Map<String, Long> millis) {
    millis.forEach((topic, keep) ->
        jdbc.update(
            """
            insert into stream_retention (topic, keep_millis) values (?, ?)
            on conflict (topic) do update set keep_millis = excluded.keep_millis
            """,
            topic,
            keep));
  }

  /** The topics are no more. */
  void forget(Collection<String> gone) {
    gone.forEach(topic -> jdbc.update("delete from stream_retention where topic = ?", topic));
  }

  @Scheduled(
      initialDelayString = "${millrace.retention-interval:60s}",
      fixedDelayString = "${millrace.retention-interval:60s}")
  void enforce() {
    try {
      note();
      delete();
    } catch (RuntimeException e) {
      LOG.warn("events beyond their retention stay for another round: {}", e.toString());
    }
  }

  private void note() {
    Set<String> kept =
        Set.copyOf(jdbc.queryForList("select topic from stream_retention", String.class));
    List<Object[]> rows = new ArrayList<>();
    topics
        .ends(kept)
        .forEach((partition, end) ->
            rows.add(new Object[] {partition.topic(), partition.partition(), end, end, NOTES}));
    jdbc.batchUpdate(
        """
        insert into stream_end (topic, partition, seen_at, end_offset)
        select r.topic, p.number, now(), p.ending
        from (values (?, ?, ?::bigint)) p (topic, number, ending)
        join stream_retention r on r.topic = p.topic
        where p.ending > 0 and not exists (
          select 1 from stream_end e
          where e.topic = p.topic and e.partition = p.number
            and (e.end_offset >= ? or e.seen_at > now() - r.keep_millis / ? * interval '1 ms'))
        on conflict do nothing
        """,
        rows);
  }

  private void delete() {
    List<Due> due =
        jdbc.query(
            """
            select distinct on (e.topic, e.partition)
              e.topic, e.partition, e.end_offset, e.seen_at
            from stream_end e join stream_retention r on r.topic = e.topic
            where e.seen_at <= now() - r.keep_millis * interval '1 ms'
            order by e.topic, e.partition, e.seen_at desc
            """,
            (row, n) ->
                new Due(
                    new TopicPartition(row.getString(1), row.getInt(2)),
                    row.getLong(3),
                    row.getTimestamp(4)));
    Map<TopicPartition, Long> before = new HashMap<>();
    due.forEach(one -> before.put(one.partition(), one.offset()));
    before.entrySet().removeAll(deleted.entrySet());
    Set<TopicPartition> anew = before.isEmpty() ? Set.of() : topics.deleteBefore(before);
    deleted.putAll(before);
    deleted.keySet().removeAll(anew);
    // The note itself stays until there is a later one, for nothing is noted where nothing came.
    jdbc.batchUpdate(
        "delete from stream_end where topic = ? and partition = ? and (seen_at < ? or ?)",
        due.stream()
            .map(one ->
                new Object[] {
                  one.partition().topic(),
                  one.partition().partition(),
                  one.seenAt(),
                  anew.contains(one.partition())
                })
            .toList());
  }
}
