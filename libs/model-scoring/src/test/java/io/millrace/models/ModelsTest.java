package io.millrace.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.schemas.type.DataType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {

  @TempDir Path directory;

  private Path onnx(String name, float[] weights, float bias) throws IOException {
    return Files.write(directory.resolve(name), OnnxFile.linear(weights, bias));
  }

  @Test
  void anOnnxModelSaysWhatItTakesAndScoresABatch() throws Exception {
    try (Model model =
        Models.load(ModelType.ONNX, onnx("m.onnx", new float[] {2, -1, 0.5f}, 10), null)) {
      assertThat(model.signature().inputs()).hasSize(3);
      assertThat(model.signature().output()).isEqualTo(DataType.DOUBLE);
      assertThat(model.score(List.of(new Object[] {1, 2L, 4.0}, new Object[] {0.0f, 0, true})))
          .containsExactly(12.0, 10.5);
    }
  }

  @Test
  void whatIsNoModelIsRefusedWithAReason() throws Exception {
    Path broken = Files.writeString(directory.resolve("broken.onnx"), "no model");
    assertThatThrownBy(() -> Models.load(ModelType.ONNX, broken, null))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("broken.onnx is no onnx model");
    assertThatThrownBy(() -> Models.load(ModelType.H2O_MOJO, broken, null))
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> Models.load(ModelType.JAR, broken, null))
        .isInstanceOf(ModelException.class);
    assertThatThrownBy(() -> Models.load(ModelType.ONNX, directory.resolve("none"), null))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("there is no model file");
    Path good = onnx("m.onnx", new float[] {1}, 0);
    assertThatThrownBy(() -> Models.load(ModelType.ONNX, good, "z"))
        .hasMessageContaining("has no output z; it has y");
  }

  @Test
  void aNewVersionTakesOverAndOneThatDoesNotFitIsLeftAlone() throws Exception {
    Path file = onnx("m.onnx", new float[] {1}, 0);
    try (ModelHolder holder = ModelHolder.load(ModelType.ONNX, file, null)) {
      List<Object[]> rows = List.<Object[]>of(new Object[] {5});
      assertThat(holder.score(rows)).containsExactly(5.0);
      Files.write(file, OnnxFile.linear(new float[] {3}, 1));
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
      holder.refresh();
      assertThat(holder.score(rows)).containsExactly(16.0);
      assertThat(holder.versions()).isEqualTo(2);

      Files.write(file, OnnxFile.linear(new float[] {3, 4}, 1));
      Files.setLastModifiedTime(file, FileTime.fromMillis(2_000));
      holder.refresh();
      assertThat(holder.problem()).contains("apply the application again");
      assertThat(holder.score(rows)).containsExactly(16.0);
    }
  }

  @Test
  void aJarScoresAndSeesNothingOfMillrace() throws Exception {
    Path jar =
        jar(
            """
            public class Twice implements io.millrace.models.Scorer {
              public java.util.List<String> inputs() { return java.util.List.of("a NUMBER", "b TEXT"); }
              public String output() { return "STRING"; }
              public java.util.List<Object> score(java.util.List<Object[]> rows) {
                java.util.List<Object> out = new java.util.ArrayList<>();
                for (Object[] row : rows) {
                  String seen;
                  try {
                    Class.forName("io.millrace.models.Models");
                    seen = "all";
                  } catch (ClassNotFoundException e) {
                    seen = "nothing";
                  }
                  out.add((Double) row[0] * 2 + " " + row[1] + " sees " + seen);
                }
                return out;
              }
            }
            """);
    try (Model model = Models.load(ModelType.JAR, jar, null)) {
      assertThat(model.signature().describe()).isEqualTo("(a NUMBER, b TEXT) giving STRING");
      assertThat(model.score(List.<Object[]>of(new Object[] {4, "x"})))
          .containsExactly("8.0 x sees nothing");
    }
  }

  private Path jar(String source) throws IOException {
    Path java = Files.writeString(directory.resolve("Twice.java"), source);
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                directory.toString(),
                java.toString());
    assertThat(result).isZero();
    Path jar = directory.resolve("twice.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      Map<String, byte[]> entries =
          Map.of(
              "Twice.class",
              Files.readAllBytes(directory.resolve("Twice.class")),
              "META-INF/services/" + Scorer.class.getName(),
              "Twice".getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    return jar;
  }

  @Test
  void aMojoScoresNumbersAndCategories() throws Exception {
    Path file = MojoFile.logisticRegression(directory.resolve("glm.zip"));
    try (Model model = Models.load(ModelType.H2O_MOJO, file, null)) {
      assertThat(model.signature().describe())
          .isEqualTo("(colour TEXT, amount NUMBER) giving STRING");
      assertThat(model.score(List.of(new Object[] {"red", 1.0}, new Object[] {"blue", -3.0})))
          .containsExactly("yes", "no");
    }
    try (Model model = Models.load(ModelType.H2O_MOJO, file, "probability")) {
      assertThat(model.signature().output()).isEqualTo(DataType.DOUBLE);
      double expected = 1 / (1 + Math.exp(-(0.5 + 1.0 + 2.0 * 1.0)));
      assertThat((double) model.score(List.<Object[]>of(new Object[] {"red", 1.0})).get(0))
          .isCloseTo(expected, within(1e-12));
    }
  }
}
