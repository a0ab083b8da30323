package io.millrace.flow.environment;

import io.millrace.schemas.type.DataType;
import java.util.List;

/** What came of loading a model. */
public sealed interface ModelDescription {

  /**
   * The model can be asked.
   *
   * @param features what it takes, each DOUBLE or STRING, in their order
   * @param prediction what it gives
   */
  record Known(List<DataType> features, DataType prediction) implements ModelDescription {
    public Known {
      features = List.copyOf(features);
    }
  }

  /**
   * The model cannot be loaded.
   *
   * @param message why, and what to do, in a sentence
   */
  record Unusable(String message) implements ModelDescription {}
}
