package io.millrace.models;

import java.nio.file.Files;
import java.nio.file.Path;

/** Loads models. */
public final class Models {

  private Models() {}

  /**
   * Loads a model from its file.
   *
   * @param output which of its outputs is the prediction, where it has several; null for its own
   *     first choice
   * @throws ModelException if the file is not there, or is no such model
   */
  public static Model load(ModelType type, Path file, String output) {
    if (!Files.isRegularFile(file)) {
      throw new ModelException(
          "there is no model file "
              + file
              + "; set location to a file that every instance of the services can read");
    }
    try {
      return switch (type) {
        case ONNX -> OnnxModel.load(file, output);
        case H2O_MOJO -> MojoModel.load(file, output);
        case JAR -> JarModel.load(file);
      };
    } catch (ModelException e) {
      throw e;
    } catch (Exception | LinkageError e) {
      throw new ModelException(
          file + " is no " + type.option() + " model that can be loaded: " + e.getMessage(), e);
    }
  }
}
