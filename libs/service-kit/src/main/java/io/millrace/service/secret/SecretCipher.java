package io.millrace.service.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets with AES-256-GCM. A ciphertext is URL-safe base64 of the 12-byte nonce and the
 * sealed bytes; in a plan's options it stands as {@code ${secret:CIPHERTEXT}}. Needs no Spring.
 * Thread-safe.
 */
public final class SecretCipher {

  /** The environment variable that holds the key: base64 of 32 bytes. */
  public static final String KEY_VARIABLE = "MILLRACE_SECRET_KEY";

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{secret:([A-Za-z0-9_-]+)}");
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BYTES = 32;

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  private SecretCipher(SecretKey key) {
    this.key = key;
  }

  /**
   * A cipher for a key.
   *
   * @param base64Key 32 bytes in base64, as {@code openssl rand -base64 32} prints them
   * @throws SecretException if it is none
   */
  public static SecretCipher of(String base64Key) {
    if (base64Key == null || base64Key.isBlank()) {
      throw new SecretException(
          "no secret key is set; set %s to the output of: openssl rand -base64 32"
              .formatted(KEY_VARIABLE));
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64Key.strip());
    } catch (IllegalArgumentException e) {
      throw new SecretException(KEY_VARIABLE + " is not base64", e);
    }
    if (bytes.length != KEY_BYTES) {
      throw new SecretException(
          "%s has %d bytes and has to have %d; make one with: openssl rand -base64 32"
              .formatted(KEY_VARIABLE, bytes.length, KEY_BYTES));
    }
    return new SecretCipher(new SecretKeySpec(bytes, "AES"));
  }

  /** The ciphertext of a secret; another one at each call. */
  public String encrypt(String secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce);
      byte[] sealed = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
      byte[] all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new SecretException("this Java cannot encrypt with AES-GCM", e);
    }
  }

  /**
   * The secret of a ciphertext.
   *
   * @throws SecretException if it was encrypted with another key, or altered
   */
  public String decrypt(String ciphertext) {
    try {
      byte[] all = Base64.getUrlDecoder().decode(ciphertext);
      if (all.length <= NONCE_BYTES) {
        throw new SecretException("a secret's ciphertext is cut off");
      }
      byte[] nonce = new byte[NONCE_BYTES];
      System.arraycopy(all, 0, nonce, 0, NONCE_BYTES);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce);
      byte[] clear = cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
      return new String(clear, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new SecretException(
          "a secret cannot be decrypted; %s is not the one it was stored with, store the secret again"
              .formatted(KEY_VARIABLE),
          e);
    }
  }

  /** How a ciphertext stands in an option. */
  public static String reference(String ciphertext) {
    return "${secret:" + ciphertext + "}";
  }

  /** Whether an option's value refers to a secret. */
  public static boolean refersToSecret(String value) {
    return value != null && REFERENCE.matcher(value).find();
  }

  /** A value with every {@code ${secret:…}} in it replaced by the secret in clear. */
  public String resolve(String value) {
    if (!refersToSecret(value)) {
      return value;
    }
    return REFERENCE
        .matcher(value)
        .replaceAll(match -> Matcher.quoteReplacement(decrypt(match.group(1))));
  }

  /** Options with every {@code ${secret:…}} replaced by the secret in clear, in a new map. */
  public Map<String, String> resolve(Map<String, String> options) {
    Map<String, String> resolved = HashMap.newHashMap(options.size());
    options.forEach((name, value) -> resolved.put(name, resolve(value)));
    return resolved;
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
