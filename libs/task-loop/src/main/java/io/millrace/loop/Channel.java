package io.millrace.loop;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Which task of which writer wrote an event, and from which of its inputs it came where there are
 * several, as one number in its header {@code c} (seven bits a byte, the lowest first). The events
 * of one task and input come in the order of their times more or less; those of several that are
 * written to one partition do not (one input may be read to its end before another), so that
 * whoever reads event time minds each by itself.
 */
public final class Channel {

  private static final String HEADER = "c";

  private Channel() {}

  /** The number that an event carries; 0 for what no loop wrote. */
  public static int of(ConsumerRecord<?, ?> record) {
    Header header = record.headers().lastHeader(HEADER);
    if (header == null || header.value() == null) {
      return 0;
    }
    int task = 0;
    int shift = 0;
    for (byte b : header.value()) {
      task |= (b & 0x7F) << shift;
      shift += 7;
    }
    return task;
  }

  /**
   * The number of what a task makes of the events of one input.
   *
   * @param input its position among the task's inputs, from 0
   * @param inputs how many there are
   * @param writer which of the components that write the stream the task is of
   */
  public static int number(int task, int input, int inputs, LoopConfig.Writer writer) {
    return (task * inputs + input) * writer.of() + writer.index();
  }

  /** The number of what a task makes of the events of all its inputs together. */
  public static int number(int task, LoopConfig.Writer writer) {
    return number(task, 0, 1, writer);
  }

  static List<Header> headers(int task) {
    int length = 1;
    for (int rest = task >>> 7; rest != 0; rest >>>= 7) {
      length++;
    }
    byte[] value = new byte[length];
    for (int i = 0; i < length; i++) {
      value[i] = (byte) ((task >>> (7 * i)) & 0x7F);
    }
    return List.of(new RecordHeader(HEADER, value));
  }
}
