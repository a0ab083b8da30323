package io.millrace.loop;

import java.util.Objects;

/**
 * One input of a loop.
 *
 * @param stream the stream's name within its application, as in the plan
 * @param topic its topic
 */
public record LoopInput(String stream, String topic) {

  public LoopInput {
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(topic, "topic");
  }
}
