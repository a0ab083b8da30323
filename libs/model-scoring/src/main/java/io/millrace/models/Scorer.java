package io.millrace.models;

import java.util.List;

/**
 * A model in a jar: the jar names its implementation in {@code
 * META-INF/services/io.millrace.models.Scorer}. It has to be thread-safe, to give the same for the
 * same features, and to finish soon: events wait for it. It sees the JDK, this interface, and its
 * own jar, and nothing else of Millrace.
 */
public interface Scorer {

  /** The features in their order, each as {@code name NUMBER} or {@code name TEXT}. */
  List<String> inputs();

  /**
   * The type of a prediction: {@code DOUBLE}, {@code BIGINT}, {@code STRING} or {@code BOOLEAN}.
   */
  String output();

  /**
   * Scores rows.
   *
   * @param rows for each its features: {@link Double} for a NUMBER, {@link String} for a TEXT
   * @return for each row a {@link Double}, {@link Long}, {@link String} or {@link Boolean}, as
   *     {@link #output} says; or null
   */
  List<Object> score(List<Object[]> rows);
}
