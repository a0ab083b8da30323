package io.millrace.models;

import hex.ModelCategory;
import hex.genmodel.GenModel;
import io.millrace.schemas.type.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A model that H2O exported (MOJO). A classifier gives its label, or with {@code output =
 * 'probability'} the probability of its last class, or with the name of a class that of this class;
 * a regression and a detector of anomalies give their number, a clustering the cluster's.
 */
final class MojoModel implements Model {

  private final GenModel model;
  private final ModelSignature signature;
  private final List<Map<String, Integer>> categories;
  private final int probability;

  private MojoModel(
      GenModel model,
      ModelSignature signature,
      List<Map<String, Integer>> categories,
      int probability) {
    this.model = model;
    this.signature = signature;
    this.categories = categories;
    this.probability = probability;
  }

  static MojoModel load(Path file, String output) throws IOException {
    hex.genmodel.MojoModel model = hex.genmodel.MojoModel.load(file.toString());
    List<ModelSignature.Input> inputs = new ArrayList<>();
    List<Map<String, Integer>> categories = new ArrayList<>();
    for (int i = 0; i < model.nfeatures(); i++) {
      String[] domain = model.getDomainValues(i);
      Map<String, Integer> numbers = null;
      if (domain != null) {
        numbers = new HashMap<>();
        for (int d = 0; d < domain.length; d++) {
          numbers.put(domain[d], d);
        }
      }
      categories.add(numbers);
      inputs.add(
          new ModelSignature.Input(
              model.getNames()[i],
              domain == null ? ModelSignature.Kind.NUMBER : ModelSignature.Kind.TEXT));
    }
    int probability = probability(model, file, output);
    DataType type =
        switch (model.getModelCategory()) {
          case Binomial, Multinomial, Ordinal ->
              probability < 0 ? DataType.STRING : DataType.DOUBLE;
          case Regression, AnomalyDetection -> DataType.DOUBLE;
          case Clustering -> DataType.BIGINT;
          default ->
              throw new ModelException(
                  file
                      + " is a model of the kind "
                      + model.getModelCategory()
                      + ", which gives no single prediction");
        };
    return new MojoModel(model, new ModelSignature(inputs, type), categories, probability);
  }

  private static int probability(GenModel model, Path file, String output) {
    boolean classifier = model.isClassifier() || model.getModelCategory() == ModelCategory.Ordinal;
    if (output == null || output.equalsIgnoreCase("label")) {
      return -1;
    }
    String[] classes =
        classifier ? model.getDomainValues(model.getResponseIdx()) : new String[] {"prediction"};
    if (!classifier && output.equalsIgnoreCase("prediction")) {
      return -1;
    }
    if (classifier && output.equalsIgnoreCase("probability")) {
      return classes.length;
    }
    int at = Arrays.asList(classes).indexOf(output);
    if (!classifier || at < 0) {
      throw new ModelException(
          "the model "
              + file
              + " has no output "
              + output
              + "; it has "
              + (classifier
                  ? "label, probability, and the probabilities of " + String.join(", ", classes)
                  : "prediction"));
    }
    return at + 1;
  }

  @Override
  public ModelSignature signature() {
    return signature;
  }

  @Override
  public List<Object> score(List<Object[]> rows) {
    List<Object> scores = new ArrayList<>(rows.size());
    double[] features = new double[model.nfeatures()];
    double[] predictions = new double[model.getPredsSize()];
    for (Object[] row : rows) {
      for (int i = 0; i < features.length; i++) {
        Map<String, Integer> numbers = categories.get(i);
        if (numbers == null) {
          features[i] = Features.number(row[i]);
        } else {
          // What was not among the training data is treated as missing, as H2O does.
          Integer number = numbers.get(String.valueOf(row[i]));
          features[i] = number == null ? Double.NaN : number;
        }
      }
      try {
        model.score0(features, predictions);
      } catch (RuntimeException e) {
        throw new ModelException("the model cannot score this: " + e, e);
      }
      scores.add(prediction(predictions));
    }
    return scores;
  }

  private Object prediction(double[] predictions) {
    if (signature.output().equals(DataType.STRING)) {
      return model.getDomainValues(model.getResponseIdx())[(int) predictions[0]];
    }
    if (signature.output().equals(DataType.BIGINT)) {
      return (long) predictions[0];
    }
    return predictions[Math.max(0, probability)];
  }

  @Override
  public void close() {}
}
