package io.millrace.models;

import io.millrace.schemas.type.DataType;
import java.util.List;

/**
 * What goes into a model and what comes out.
 *
 * @param inputs the features in their order
 * @param output the type of a prediction
 */
public record ModelSignature(List<Input> inputs, DataType output) {

  public ModelSignature {
    inputs = List.copyOf(inputs);
  }

  /** One feature. */
  public record Input(String name, Kind kind) {}

  /** What a feature may be. */
  public enum Kind {
    /** A number, or a BOOLEAN as 0 and 1. */
    NUMBER,
    /** A text, such as the name of a category. */
    TEXT
  }

  /** The features for a person: {@code (amount NUMBER, country TEXT)}. */
  public String describe() {
    StringBuilder text = new StringBuilder("(");
    for (Input input : inputs) {
      if (text.length() > 1) {
        text.append(", ");
      }
      text.append(input.name()).append(' ').append(input.kind());
    }
    return text.append(") giving ").append(output.sql()).toString();
  }
}
