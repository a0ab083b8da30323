package io.millrace.models;

import ai.onnxruntime.MapInfo;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.SequenceInfo;
import ai.onnxruntime.TensorInfo;
import io.millrace.schemas.type.DataType;
import java.lang.reflect.Array;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An ONNX model. Its inputs are either one tensor with a column for each feature, or one tensor of
 * one column for each; the first dimension is the batch. Outputs may be a tensor (a value, or an
 * array of values, a row) or, as classifiers of scikit-learn give their probabilities, a sequence
 * of maps.
 */
final class OnnxModel implements Model {

  private final OrtSession session;
  private final String output;
  private final ModelSignature signature;
  private final List<Tensor> tensors;

  /** One input: how many features it takes, and of which type. */
  private record Tensor(String name, OnnxJavaType type, int width, boolean flat) {}

  private OnnxModel(
      OrtSession session, String output, ModelSignature signature, List<Tensor> tensors) {
    this.session = session;
    this.output = output;
    this.signature = signature;
    this.tensors = tensors;
  }

  static OnnxModel load(Path file, String wanted) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    OrtSession session;
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // Tasks score side by side; more threads within one would fight for the same cores.
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(file.toString(), options);
    }
    try {
      List<Tensor> tensors = tensors(session, file);
      Map<String, NodeInfo> outputs = session.getOutputInfo();
      String output = wanted == null ? outputs.keySet().iterator().next() : wanted;
      if (!outputs.containsKey(output)) {
        throw new ModelException(
            "the model "
                + file
                + " has no output "
                + wanted
                + "; it has "
                + String.join(", ", outputs.keySet()));
      }
      DataType type = type(outputs.get(output), output, file);
      return new OnnxModel(session, output, new ModelSignature(inputs(tensors), type), tensors);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static List<Tensor> tensors(OrtSession session, Path file) throws OrtException {
    List<Tensor> tensors = new ArrayList<>();
    for (NodeInfo info : session.getInputInfo().values()) {
      if (!(info.getInfo() instanceof TensorInfo tensor)
          || tensor.getShape().length < 1
          || tensor.getShape().length > 2) {
        throw new ModelException(
            "input "
                + info.getName()
                + " of "
                + file
                + " is no table of features: a tensor of [batch, features] or [batch] is expected");
      }
      long[] shape = tensor.getShape();
      long width = shape.length == 1 ? 1 : shape[1];
      if (width < 1) {
        throw new ModelException(
            "input "
                + info.getName()
                + " of "
                + file
                + " does not say how many features it takes; export it with a fixed second"
                + " dimension");
      }
      tensors.add(
          new Tensor(info.getName(), tensor.type, Math.toIntExact(width), shape.length == 1));
    }
    return tensors;
  }

  private static List<ModelSignature.Input> inputs(List<Tensor> tensors) {
    List<ModelSignature.Input> inputs = new ArrayList<>();
    for (Tensor tensor : tensors) {
      ModelSignature.Kind kind =
          tensor.type() == OnnxJavaType.STRING
              ? ModelSignature.Kind.TEXT
              : ModelSignature.Kind.NUMBER;
      for (int i = 0; i < tensor.width(); i++) {
        inputs.add(
            new ModelSignature.Input(
                tensor.width() == 1 ? tensor.name() : tensor.name() + "[" + i + "]", kind));
      }
    }
    return inputs;
  }

  private static DataType type(NodeInfo info, String output, Path file) {
    return switch (info.getInfo()) {
      case TensorInfo tensor -> {
        DataType value = value(tensor.type);
        long[] shape = tensor.getShape();
        yield shape.length < 2 || shape[1] == 1 ? value : DataType.array(value);
      }
      case SequenceInfo sequence
          when sequence.isSequenceOfMaps() && sequence.mapInfo instanceof MapInfo map ->
          DataType.map(value(map.valueType));
      default ->
          throw new ModelException("output " + output + " of " + file + " has no type of columns");
    };
  }

  private static DataType value(OnnxJavaType type) {
    return switch (type) {
      case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> DataType.DOUBLE;
      case INT8, UINT8, INT16, INT32, INT64 -> DataType.BIGINT;
      case BOOL -> DataType.BOOLEAN;
      case STRING -> DataType.STRING;
      default -> throw new ModelException("values of the type " + type + " are not known");
    };
  }

  @Override
  public ModelSignature signature() {
    return signature;
  }

  @Override
  public List<Object> score(List<Object[]> rows) {
    Map<String, OnnxTensorLike> inputs = new HashMap<>();
    try {
      int column = 0;
      for (Tensor tensor : tensors) {
        inputs.put(tensor.name(), tensor(tensor, rows, column));
        column += tensor.width();
      }
      try (OrtSession.Result result = session.run(inputs, java.util.Set.of(output))) {
        return read(result.get(0), rows.size());
      }
    } catch (OrtException e) {
      throw new ModelException("the model cannot score this: " + e.getMessage(), e);
    } finally {
      inputs.values().forEach(OnnxTensorLike::close);
    }
  }

  private static OnnxTensor tensor(Tensor tensor, List<Object[]> rows, int column)
      throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    int width = tensor.width();
    int size = rows.size() * width;
    long[] shape =
        tensor.flat() ? new long[] {rows.size()} : new long[] {rows.size(), tensor.width()};
    if (tensor.type() == OnnxJavaType.STRING) {
      String[] texts = new String[size];
      for (int i = 0; i < size; i++) {
        texts[i] = String.valueOf(rows.get(i / width)[column + i % width]);
      }
      return OnnxTensor.createTensor(environment, texts, shape);
    }
    if (tensor.type() == OnnxJavaType.FLOAT) {
      FloatBuffer floats =
          java.nio.ByteBuffer.allocateDirect(size * Float.BYTES)
              .order(java.nio.ByteOrder.nativeOrder())
              .asFloatBuffer();
      for (int i = 0; i < size; i++) {
        floats.put(i, (float) Features.number(rows.get(i / width)[column + i % width]));
      }
      return OnnxTensor.createTensor(environment, floats, shape);
    }
    Object array = Array.newInstance(tensor.type().clazz, size);
    for (int i = 0; i < size; i++) {
      Object value = rows.get(i / width)[column + i % width];
      switch (tensor.type()) {
        case DOUBLE -> Array.setDouble(array, i, Features.number(value));
        case INT64 -> Array.setLong(array, i, Features.integer(value));
        case INT32 -> Array.setInt(array, i, Math.toIntExact(Features.integer(value)));
        case BOOL -> Array.setBoolean(array, i, Features.number(value) != 0);
        default ->
            throw new ModelException(
                "input " + tensor.name() + " takes " + tensor.type() + ", which is not known");
      }
    }
    return tensor.flat()
        ? OnnxTensor.createTensor(environment, array)
        : OnnxTensor.createTensor(environment, matrix(array, rows.size(), width));
  }

  private static Object matrix(Object flat, int rows, int width) {
    Object matrix = Array.newInstance(flat.getClass().getComponentType(), rows, width);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(flat, i * width, Array.get(matrix, i), 0, width);
    }
    return matrix;
  }

  private List<Object> read(OnnxValue value, int rows) throws OrtException {
    List<Object> scores = new ArrayList<>(rows);
    if (value instanceof OnnxSequence sequence) {
      for (OnnxValue element : sequence.getValue()) {
        scores.add(map(((OnnxMap) element).getValue()));
      }
    } else {
      Object values = value.getValue();
      for (int i = 0; i < rows; i++) {
        scores.add(cell(Array.get(values, i)));
      }
    }
    return scores;
  }

  private Object cell(Object value) {
    if (!value.getClass().isArray()) {
      return plain(value);
    }
    if (!(signature.output() instanceof DataType.Array)) {
      return plain(Array.get(value, 0));
    }
    List<Object> list = new ArrayList<>();
    for (int i = 0; i < Array.getLength(value); i++) {
      list.add(plain(Array.get(value, i)));
    }
    return list;
  }

  private static Map<String, Object> map(Map<?, ?> map) {
    return map.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> String.valueOf(entry.getKey()),
                entry -> plain(entry.getValue()),
                (a, _) -> a,
                LinkedHashMap::new));
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Float number -> (double) number;
      case Double number -> number;
      case Number number -> number.longValue();
      default -> value;
    };
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new ModelException("the model does not close: " + e.getMessage(), e);
    }
  }
}
