package io.millrace.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/**
 * Stands in for the gateway where a service is tested without it: signs tokens, and publishes the
 * public key at {@link #jwksUri()} (give it to the service as {@code millrace.jwks-uri}).
 */
public final class TestTokens implements AutoCloseable {

  private static TestTokens shared;

  private final KeyPair keys;
  private final HttpServer server;

  private TestTokens() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      keys = generator.generateKeyPair();
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] published = publicKeys().getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/oauth2/jwks",
        exchange -> {
          exchange.sendResponseHeaders(200, published.length);
          exchange.getResponseBody().write(published);
          exchange.close();
        });
    server.start();
  }

  /** The issuer that all tests of this JVM share. */
  public static synchronized TestTokens shared() {
    if (shared == null) {
      shared = new TestTokens();
    }
    return shared;
  }

  public String jwksUri() {
    return "http://localhost:" + server.getAddress().getPort() + "/oauth2/jwks";
  }

  /** A token that is good for ten minutes. */
  public String token(String name, String... roles) {
    return token("millrace", Instant.now().plusSeconds(600), name, roles);
  }

  /** A token, perhaps one that is to be refused. */
  public String token(String issuer, Instant expires, String name, String... roles) {
    String rolesJson =
        Arrays.stream(roles).map(r -> '"' + r + '"').collect(Collectors.joining(",", "[", "]"));
    String signed =
        base64("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"test\"}")
            + "."
            + base64(
                "{\"iss\":\"%s\",\"sub\":\"%s\",\"roles\":%s,\"iat\":%d,\"exp\":%d}"
                    .formatted(
                        issuer,
                        name,
                        rolesJson,
                        Instant.now().getEpochSecond(),
                        expires.getEpochSecond()));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private String publicKeys() {
    ECPublicKey key = (ECPublicKey) keys.getPublic();
    return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"test\",\"alg\":\"ES256\",\"use\":\"sig\",\"x\":\"%s\",\"y\":\"%s\"}]}"
        .formatted(
            base64(coordinate(key.getW().getAffineX())),
            base64(coordinate(key.getW().getAffineY())));
  }

  private static byte[] coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(bytes.length, fixed.length);
    System.arraycopy(bytes, bytes.length - length, fixed, fixed.length - length, length);
    return fixed;
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
