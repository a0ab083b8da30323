package io.millrace.enrichment.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What is announced on a cache's channel. */
sealed interface Announcement {

  /** More changed keys than these are not listed. */
  int MOST_KEYS = 500;

  /** These keys have changed; null: any may have. */
  record Changed(List<byte[]> keys) implements Announcement {}

  /** This generation is complete and to be read from now on. */
  record Generation(String name) implements Announcement {}

  static byte[] changed(Collection<byte[]> keys) {
    if (keys.size() > MOST_KEYS) {
      return new byte[] {'x'};
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte('c');
      out.writeInt(keys.size());
      for (byte[] key : keys) {
        out.writeInt(key.length);
        out.write(key);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] generation(String name) {
    return ("g" + name).getBytes(UTF_8);
  }

  static Announcement of(byte[] message) {
    ByteBuffer in = ByteBuffer.wrap(message);
    return switch (in.get()) {
      case 'c' -> {
        int count = in.getInt();
        List<byte[]> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
          byte[] key = new byte[in.getInt()];
          in.get(key);
          keys.add(key);
        }
        yield new Changed(keys);
      }
      case 'g' -> new Generation(new String(message, 1, message.length - 1, UTF_8));
      default -> new Changed(null);
    };
  }
}
