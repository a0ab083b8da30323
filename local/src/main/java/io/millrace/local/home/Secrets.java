package io.millrace.local.home;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The secrets of a local stack, generated once and kept in {@code secrets.properties}, which only
 * its owner may read.
 *
 * @param administrator the password of the user admin
 * @param key what encrypts secrets at rest: 32 bytes, base64
 * @param postgres the password of PostgreSQL's superuser
 * @param platform the password of the role millrace, which the services use
 * @param mariaDb the password of MariaDB's root
 * @param shop the password of the user shop, who may change the demo database
 * @param capture the password of the user cdc, who may read changes
 * @param replica the password of the role replica, who owns the replica's database
 */
public record Secrets(
    String administrator,
    String key,
    String postgres,
    String platform,
    String mariaDb,
    String shop,
    String capture,
    String replica) {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  /** Those of a home; generated and written when there are none. */
  public static Secrets of(LocalHome home) {
    Path file = home.file("secrets.properties");
    Properties known = new Properties();
    try {
      if (Files.exists(file)) {
        known.load(new StringReader(Files.readString(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    int before = known.size();
    Secrets secrets =
        new Secrets(
            password(known, "administrator"),
            key(known),
            password(known, "postgres"),
            password(known, "platform"),
            password(known, "mariadb"),
            password(known, "shop"),
            password(known, "capture"),
            password(known, "replica"));
    if (known.size() != before) {
      StringBuilder text = new StringBuilder();
      new TreeMap<>(Map.copyOf(known))
          .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
      PrivateFile.write(file, text.toString());
    }
    return secrets;
  }

  private static String password(Properties known, String name) {
    return (String)
        known.computeIfAbsent(
            name,
            n -> {
              StringBuilder password = new StringBuilder();
              for (int i = 0; i < 20; i++) {
                password.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
              }
              return password.toString();
            });
  }

  private static String key(Properties known) {
    return (String)
        known.computeIfAbsent(
            "key",
            n -> {
              byte[] bytes = new byte[32];
              RANDOM.nextBytes(bytes);
              return Base64.getEncoder().encodeToString(bytes);
            });
  }

  @Override
  public String toString() {
    return "Secrets[…]";
  }
}
