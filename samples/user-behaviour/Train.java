import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Trains a detector of anomalies and exports it as ONNX.
 *
 * <p>{@code java Train.java TRAINING MODEL} reads the CSV files of the sink {@code training}, takes
 * mean and standard deviation of each feature, and writes a model whose score is the squared
 * distance from the mean in standard deviations, summed over the features (the Mahalanobis distance
 * with a diagonal covariance: Bishop, Pattern Recognition and Machine Learning, section 2.3). It
 * prints the highest score that the training data themselves get, which tells where to draw the
 * line: usual minutes stay below it.
 */
class Train {

  private static final List<String> FEATURES =
      List.of("actions", "failures", "systems", "countries", "bytes");

  /** A feature that hardly varies would make everything else look unusual. */
  private static final double SMALLEST_DEVIATION = 0.25;

  public static void main(String[] arguments) throws IOException {
    List<double[]> rows = read(Path.of(arguments[0]));
    if (rows.size() < 100) {
      throw new IOException(
          "only " + rows.size() + " minutes are in " + arguments[0] + "; let more come together");
    }
    float[] mean = new float[FEATURES.size()];
    float[] deviation = new float[FEATURES.size()];
    for (int i = 0; i < mean.length; i++) {
      int column = i;
      double average = rows.stream().mapToDouble(row -> row[column]).average().orElseThrow();
      double variance =
          rows.stream().mapToDouble(row -> Math.pow(row[column] - average, 2)).average().orElseThrow();
      mean[i] = (float) average;
      deviation[i] = (float) Math.max(SMALLEST_DEVIATION, Math.sqrt(variance));
    }
    Path model = Path.of(arguments[1]);
    Path temporary = model.resolveSibling(model.getFileName() + ".tmp");
    Files.write(temporary, model(mean, deviation));
    // At once: whoever looks sees the old model or the new one.
    Files.move(
        temporary, model, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    System.out.printf(
        "trained with %d minutes: mean %s, standard deviation %s, highest score %.1f%n",
        rows.size(),
        Arrays.toString(mean),
        Arrays.toString(deviation),
        rows.stream().mapToDouble(row -> score(row, mean, deviation)).max().orElseThrow());
  }

  private static double score(double[] row, float[] mean, float[] deviation) {
    double score = 0;
    for (int i = 0; i < row.length; i++) {
      score += Math.pow((row[i] - mean[i]) / deviation[i], 2);
    }
    return score;
  }

  private static List<double[]> read(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(directory)) {
      files = found.filter(f -> f.toString().endsWith(".csv")).sorted().toList();
    }
    List<double[]> rows = new ArrayList<>();
    for (Path file : files) {
      List<String> lines = Files.readAllLines(file);
      if (lines.isEmpty()) {
        continue;
      }
      List<String> header = List.of(lines.getFirst().split(","));
      for (String line : lines.subList(1, lines.size())) {
        String[] cells = line.split(",", -1);
        double[] row = new double[FEATURES.size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = Double.parseDouble(cells[header.indexOf(FEATURES.get(i))]);
        }
        row[4] = Math.log(row[4] + 1);
        rows.add(row);
      }
    }
    return rows;
  }

  /** score = sum(((x - mean) / deviation)^2); the numbers of fields are those of onnx.proto3. */
  private static byte[] model(float[] mean, float[] deviation) {
    float[] ones = new float[mean.length];
    Arrays.fill(ones, 1);
    Message graph =
        new Message()
            .message(1, node("Sub", "x", "mean", "centred"))
            .message(1, node("Div", "centred", "deviation", "standard"))
            .message(1, node("Mul", "standard", "standard", "squares"))
            .message(1, node("MatMul", "squares", "ones", "score"))
            .text(2, "unusual")
            .message(5, tensor("mean", new long[] {1, mean.length}, mean))
            .message(5, tensor("deviation", new long[] {1, mean.length}, deviation))
            .message(5, tensor("ones", new long[] {mean.length, 1}, ones))
            .message(11, value("x", mean.length))
            .message(12, value("score", 1));
    return new Message()
        .number(1, 8)
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, 13))
        .bytes();
  }

  private static Message node(String operator, String a, String b, String out) {
    return new Message().text(1, a).text(1, b).text(2, out).text(3, out).text(4, operator);
  }

  private static Message tensor(String name, long[] shape, float[] values) {
    Message tensor = new Message();
    for (long size : shape) {
      tensor.number(1, size);
    }
    ByteBuffer raw =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      raw.putFloat(value);
    }
    return tensor.number(2, 1).text(8, name).field(9, raw.array());
  }

  private static Message value(String name, long width) {
    Message shape =
        new Message()
            .message(1, new Message().text(2, "n"))
            .message(1, new Message().number(1, width));
    Message tensor = new Message().number(1, 1).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A protocol buffer. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return field(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return field(field, value.bytes());
    }

    Message field(int field, byte[] value) {
      varint(((long) field << 3) | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        out.write((int) ((rest & 0x7F) | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }
  }
}
