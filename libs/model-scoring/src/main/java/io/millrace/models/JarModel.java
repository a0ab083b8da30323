package io.millrace.models;

import io.millrace.schemas.type.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;

/** A {@link Scorer} out of a jar, in a class loader that shows it nothing else of Millrace. */
final class JarModel implements Model {

  private final URLClassLoader loader;
  private final Scorer scorer;
  private final ModelSignature signature;

  private JarModel(URLClassLoader loader, Scorer scorer, ModelSignature signature) {
    this.loader = loader;
    this.scorer = scorer;
    this.signature = signature;
  }

  static JarModel load(Path file) throws IOException {
    URLClassLoader loader =
        new URLClassLoader(
            "model " + file.getFileName(), new URL[] {file.toUri().toURL()}, new ScorerAlone());
    try {
      Iterator<Scorer> found = ServiceLoader.load(Scorer.class, loader).iterator();
      if (!found.hasNext()) {
        throw new ModelException(
            file + " has no scorer: name its class in META-INF/services/" + Scorer.class.getName());
      }
      Scorer scorer = found.next();
      return new JarModel(loader, scorer, signature(scorer, file));
    } catch (RuntimeException | LinkageError e) {
      loader.close();
      throw e;
    }
  }

  private static ModelSignature signature(Scorer scorer, Path file) {
    List<ModelSignature.Input> inputs = new ArrayList<>();
    for (String input : scorer.inputs()) {
      String[] parts = input.strip().split("\\s+");
      if (parts.length != 2) {
        throw new ModelException(
            "the scorer of " + file + " has the input '" + input + "'; write name NUMBER or TEXT");
      }
      inputs.add(
          new ModelSignature.Input(
              parts[0],
              parts[1].equalsIgnoreCase("TEXT")
                  ? ModelSignature.Kind.TEXT
                  : ModelSignature.Kind.NUMBER));
    }
    DataType output =
        switch (String.valueOf(scorer.output()).toUpperCase(Locale.ROOT)) {
          case "DOUBLE" -> DataType.DOUBLE;
          case "BIGINT" -> DataType.BIGINT;
          case "STRING" -> DataType.STRING;
          case "BOOLEAN" -> DataType.BOOLEAN;
          default ->
              throw new ModelException(
                  "the scorer of "
                      + file
                      + " gives "
                      + scorer.output()
                      + "; it may give DOUBLE, BIGINT, STRING or BOOLEAN");
        };
    return new ModelSignature(inputs, output);
  }

  @Override
  public ModelSignature signature() {
    return signature;
  }

  @Override
  public List<Object> score(List<Object[]> rows) {
    List<Object[]> features = new ArrayList<>(rows.size());
    for (Object[] row : rows) {
      Object[] converted = new Object[row.length];
      for (int i = 0; i < row.length; i++) {
        converted[i] =
            signature.inputs().get(i).kind() == ModelSignature.Kind.NUMBER
                ? (Object) Features.number(row[i])
                : String.valueOf(row[i]);
      }
      features.add(converted);
    }
    List<Object> scores;
    try {
      scores = scorer.score(features);
    } catch (RuntimeException | LinkageError e) {
      throw new ModelException("the scorer failed: " + e, e);
    }
    if (scores == null || scores.size() != rows.size()) {
      throw new ModelException("the scorer did not give one prediction for each row");
    }
    List<Object> checked = new ArrayList<>(scores.size());
    scores.forEach(score -> checked.add(checked(score)));
    return checked;
  }

  private Object checked(Object score) {
    if (score == null) {
      return null;
    }
    if (signature.output().equals(DataType.DOUBLE) && score instanceof Number number) {
      return number.doubleValue();
    }
    if (signature.output().equals(DataType.BIGINT)
        && (score instanceof Long || score instanceof Integer)) {
      return ((Number) score).longValue();
    }
    if ((signature.output().equals(DataType.STRING) && score instanceof String)
        || (signature.output().equals(DataType.BOOLEAN) && score instanceof Boolean)) {
      return score;
    }
    throw new ModelException(
        "the scorer gave a " + score.getClass().getName() + " for " + signature.output().sql());
  }

  @Override
  public void close() {
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Shows the JDK and {@link Scorer}. */
  private static final class ScorerAlone extends ClassLoader {

    ScorerAlone() {
      super("scorer", ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.equals(Scorer.class.getName())) {
        return Scorer.class;
      }
      throw new ClassNotFoundException(name);
    }
  }
}
