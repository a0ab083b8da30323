package io.millrace.cep;

import io.millrace.rows.RowError;

/** Takes what a task does not take. */
public interface Refusals {

  /**
   * A row that came after what it belongs to had been given out.
   *
   * @param index its position in the batch
   * @param watermark the time that its stream had reached, microseconds
   */
  void late(int index, long watermark);

  /** A row that could not be processed. */
  void failed(RowError error);
}
