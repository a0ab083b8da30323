package io.millrace.rows.library;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Hashes and encodings. Texts are hashed as UTF-8. */
public final class HashFunctions {

  private HashFunctions() {}

  @Function("MD5")
  public static String md5(String text) {
    return md5(TextCasts.bytes(text));
  }

  @Function("MD5")
  public static String md5(byte[] bytes) {
    return digest("MD5", bytes);
  }

  @Function("SHA1")
  public static String sha1(String text) {
    return sha1(TextCasts.bytes(text));
  }

  @Function("SHA1")
  public static String sha1(byte[] bytes) {
    return digest("SHA-1", bytes);
  }

  @Function("SHA256")
  public static String sha256(String text) {
    return sha256(TextCasts.bytes(text));
  }

  @Function("SHA256")
  public static String sha256(byte[] bytes) {
    return digest("SHA-256", bytes);
  }

  @Function("SHA512")
  public static String sha512(String text) {
    return sha512(TextCasts.bytes(text));
  }

  @Function("SHA512")
  public static String sha512(byte[] bytes) {
    return digest("SHA-512", bytes);
  }

  private static String digest(String algorithm, byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Function("HMAC_SHA256")
  public static String hmacSha256(String text, String secret) {
    if (secret.isEmpty()) {
      throw RowException.badArgument("the secret is empty");
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(TextCasts.bytes(secret), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(TextCasts.bytes(text)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Function("CRC32")
  public static long crc32(String text) {
    return crc32(TextCasts.bytes(text));
  }

  @Function("CRC32")
  public static long crc32(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }

  @Function("XXHASH64")
  public static long xxHash64(String text) {
    return XxHash64.hash(TextCasts.bytes(text));
  }

  @Function("XXHASH64")
  public static long xxHash64(byte[] bytes) {
    return XxHash64.hash(bytes);
  }

  @Function(value = "HASH_BUCKET", texts = true)
  public static int hashBucket(String value, int buckets) {
    if (buckets < 1) {
      throw RowException.badArgument(buckets + " buckets");
    }
    return Math.floorMod(XxHash64.hash(TextCasts.bytes(value)), buckets);
  }

  @Function("TO_HEX")
  public static String toHex(String text) {
    return toHex(TextCasts.bytes(text));
  }

  @Function("TO_HEX")
  public static String toHex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Function("FROM_HEX")
  public static byte[] fromHex(String text) {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw RowException.badArgument(RowException.quote(text) + " is not hexadecimal");
    }
  }

  @Function("TO_BASE64")
  public static String toBase64(String text) {
    return toBase64(TextCasts.bytes(text));
  }

  @Function("TO_BASE64")
  public static String toBase64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Function("FROM_BASE64")
  public static byte[] fromBase64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw RowException.badArgument(RowException.quote(text) + " is not Base64");
    }
  }

  @Function("URL_ENCODE")
  public static String urlEncode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Function("URL_DECODE")
  public static String urlDecode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RowException.badArgument(RowException.quote(text) + " is not part of a URL");
    }
  }
}
