package io.millrace.connector.task;

import io.millrace.schemas.control.DeadLetter;

/**
 * The dead letters of a sink. A letter may be written twice (after a restart), then with the same
 * id.
 */
public interface DeadLetterOutput extends AutoCloseable {

  void write(DeadLetter letter);

  /**
   * Returns when all that was written is durable; call before committing offsets.
   *
   * @throws org.apache.kafka.connect.errors.RetriableException if a letter could not be written;
   *     the position must not move past its event
   */
  void flush();

  @Override
  void close();
}
