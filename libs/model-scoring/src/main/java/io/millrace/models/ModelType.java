package io.millrace.models;

import java.util.Arrays;
import java.util.Optional;

/** The formats of models. */
public enum ModelType {
  /** The Open Neural Network Exchange format, which most libraries write. */
  ONNX("onnx"),
  /** What H2O writes for scoring outside of it. */
  H2O_MOJO("h2o-mojo"),
  /** A jar with a {@link Scorer}. */
  JAR("jar");

  private final String option;

  ModelType(String option) {
    this.option = option;
  }

  /** As scripts write it. */
  public String option() {
    return option;
  }

  /** The format that a script names, in any case. */
  public static Optional<ModelType> of(String option) {
    return Arrays.stream(values()).filter(t -> t.option.equalsIgnoreCase(option)).findFirst();
  }
}
