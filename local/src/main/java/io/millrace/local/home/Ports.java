package io.millrace.local.home;

import io.millrace.embedded.FreePorts;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The ports of a stack: each has a preferred number; where that is taken, the next free one. What
 * was chosen is kept in {@code ports.properties}, so that addresses stay the same from one start to
 * the next.
 */
public final class Ports {

  /** Every port by name, with the number it has unless that is taken. */
  public static final Map<String, Integer> PREFERRED;

  static {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("gateway", 8080);
    ports.put("control", 8081);
    ports.put("ingestion", 8082);
    ports.put("enrichment", 8083);
    ports.put("analytics", 8084);
    ports.put("delivery", 8085);
    ports.put("query", 8086);
    ports.put("ingestion-connect", 8092);
    ports.put("delivery-connect", 8095);
    ports.put("kafka", 19092);
    ports.put("kafka-controller", 19093);
    ports.put("postgres", 15432);
    ports.put("mariadb", 13306);
    ports.put("redis", 16379);
    PREFERRED = Map.copyOf(ports);
  }

  private final Map<String, Integer> chosen;

  private Ports(Map<String, Integer> chosen) {
    this.chosen = Map.copyOf(chosen);
  }

  /** Chooses for a stack that is about to start, and keeps the choice. */
  public static Ports choose(LocalHome home) {
    Map<String, Integer> known = read(home);
    Map<String, Integer> chosen = new LinkedHashMap<>();
    Set<Integer> taken = new HashSet<>();
    PREFERRED.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .forEach(entry -> {
          int port = FreePorts.from(known.getOrDefault(entry.getKey(), entry.getValue()));
          while (!taken.add(port)) {
            port = FreePorts.from(port + 1);
          }
          chosen.put(entry.getKey(), port);
        });
    StringBuilder text = new StringBuilder();
    chosen.forEach((name, port) -> text.append(name).append('=').append(port).append('\n'));
    PrivateFile.write(home.file("ports.properties"), text.toString());
    return new Ports(chosen);
  }

  /** Those that a stack chose at its last start. */
  public static Ports of(LocalHome home) {
    Map<String, Integer> ports = new LinkedHashMap<>(PREFERRED);
    ports.putAll(read(home));
    return new Ports(ports);
  }

  private static Map<String, Integer> read(LocalHome home) {
    Path file = home.file("ports.properties");
    Map<String, Integer> ports = new LinkedHashMap<>();
    if (Files.exists(file)) {
      Properties properties = new Properties();
      try {
        properties.load(new StringReader(Files.readString(file)));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
      properties.forEach((name, port) -> ports.put((String) name, Integer.valueOf((String) port)));
    }
    return ports;
  }

  public int of(String name) {
    return chosen.get(name);
  }
}
