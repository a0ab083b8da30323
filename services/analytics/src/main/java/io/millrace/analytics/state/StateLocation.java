package io.millrace.analytics.state;

import java.util.List;
import java.util.Map;

/**
 * Where what one query remembers is kept, and what it came from.
 *
 * @param client how Kafka clients connect
 * @param group the consumer group by which the query reads
 * @param topics journal, snapshots and groups
 * @param streams the names of the inputs, for a person
 * @param inputs their topics and columns
 * @param replays the topic of dead letters that are processed again
 * @param fingerprint of the query: state of another one is taken over as far as it fits
 * @param horizon how far back what it remembers reaches, microseconds of event time; -1 when the
 *     query saves
 * @param groups whether it remembers groups beyond windows
 * @param exactlyOnce whether journal and committed offsets always agree
 */
public record StateLocation(
    Map<String, String> client,
    String group,
    StateTopics topics,
    List<String> streams,
    List<SavedInput> inputs,
    String replays,
    long fingerprint,
    long horizon,
    boolean groups,
    boolean exactlyOnce) {

  boolean saves() {
    return horizon < 0;
  }
}
