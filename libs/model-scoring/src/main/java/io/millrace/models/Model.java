package io.millrace.models;

import java.util.List;

/** A trained model, ready to score. Thread-safe. */
public interface Model extends AutoCloseable {

  ModelSignature signature();

  /**
   * Scores rows, all at once.
   *
   * @param rows for each its features in the order of {@link ModelSignature#inputs}: numbers,
   *     booleans and texts as rows hold them; no feature is null
   * @return for each row the prediction, held as {@link ModelSignature#output} says
   * @throws ModelException when the model cannot score one of them
   */
  List<Object> score(List<Object[]> rows);

  @Override
  void close();
}
