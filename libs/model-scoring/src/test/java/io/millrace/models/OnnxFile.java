package io.millrace.models;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes the smallest ONNX models that do something: {@code y = x · w + b}. The messages and the
 * numbers of their fields are those of onnx.proto3.
 */
final class OnnxFile {

  private static final int FLOAT = 1;

  private OnnxFile() {}

  /** A linear model of as many features as there are weights. */
  static byte[] linear(float[] weights, float bias) {
    Message graph =
        new Message()
            .message(1, node("MatMul", "x", "w", "xw"))
            .message(1, node("Add", "xw", "b", "y"))
            .text(2, "linear")
            .message(5, tensor("w", new long[] {weights.length, 1}, weights))
            .message(5, tensor("b", new long[] {1}, new float[] {bias}))
            .message(11, value("x", weights.length))
            .message(12, value("y", 1));
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
    return tensor.number(2, FLOAT).text(8, name).field(9, raw.array());
  }

  private static Message value(String name, long width) {
    Message shape =
        new Message()
            .message(1, new Message().text(2, "n"))
            .message(1, new Message().number(1, width));
    Message tensor = new Message().number(1, FLOAT).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A protocol buffer. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint(field << 3);
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
      varint((field << 3) | 2);
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
