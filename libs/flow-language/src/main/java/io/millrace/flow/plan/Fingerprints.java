package io.millrace.flow.plan;

import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.StreamDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The fingerprint of a component: a hash of everything that makes it do what it does, its streams'
 * columns included, and of nothing else.
 */
final class Fingerprints {

  private static final int BYTES = 16;

  private final Map<String, StreamDefinition> streams;
  private final Map<String, Component> caches;
  private final Map<String, String> application;

  /**
   * @param application the options of the application that concern every component
   */
  Fingerprints(
      Map<String, StreamDefinition> streams,
      Map<String, Component> caches,
      Map<String, String> application) {
    this.streams = streams;
    this.caches = caches;
    this.application = application;
  }

  String of(Component component) {
    List<Object> parts = new ArrayList<>();
    parts.add(component.getKind());
    parts.add(component.getService());
    parts.add(component.getGroup());
    parts.add(component.getConnector());
    parts.add(new TreeMap<>(component.getOptions()));
    parts.add(component.getSql());
    parts.add(component.getRowSchema());
    parts.add(component.getKey());
    parts.add(new TreeMap<>(application));
    component.getInputs().forEach(s -> stream(parts, s));
    parts.add("outputs");
    component.getOutputs().forEach(s -> stream(parts, s));
    for (String name : component.getCaches()) {
      Component cache = caches.get(name);
      parts.add(name);
      parts.add(cache.getRowSchema());
      parts.add(cache.getKey());
    }
    return hash(parts);
  }

  private void stream(List<Object> parts, String name) {
    StreamDefinition stream = streams.get(name);
    parts.add(name);
    parts.add(stream.getTopic());
    parts.add(stream.getRowSchema());
    parts.add(stream.getKind());
    parts.add(stream.getTable());
    parts.add(stream.getPartitionBy());
    parts.add(stream.getTimestampColumn());
    parts.add(stream.getAllowedLatenessMillis());
    parts.add(stream.getPartitions());
    parts.add(stream.getFormat());
  }

  private static String hash(List<Object> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Object part : parts) {
        byte[] bytes = String.valueOf(part).getBytes(StandardCharsets.UTF_8);
        digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) ':');
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
