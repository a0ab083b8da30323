package io.millrace.flow.functions;

import static io.millrace.flow.functions.Chapter.gives;

import java.util.ArrayList;
import java.util.List;

/** Masking, hashing and encoding. */
final class SecrecyChapter {

  private SecrecyChapter() {}

  static List<FunctionDefinition> definitions() {
    List<FunctionDefinition> all = new ArrayList<>(masking());
    all.addAll(hashing());
    return all;
  }

  private static List<FunctionDefinition> masking() {
    return new Chapter(FunctionCategory.MASKING)
        .function(
            "MASK(text STRING [, first INT [, last INT]]) -> STRING",
            "Letters and digits become *, other characters stay. As many characters as given are"
                + " left in the clear at the begin and at the end, but never more than half of the"
                + " text.",
            gives("MASK('AB-1234-X')", "'**-****-*'"),
            gives("MASK('AB-1234-X', 2)", "'AB-****-*'"),
            gives("MASK('secret', 0, 2)", "'****et'"),
            gives("MASK('abc', 2, 2)", "'***'"))
        .function(
            "MASK_CARD(number STRING [, mode STRING]) -> STRING",
            "A card number: 'PARTIAL' (the default) leaves the last four digits, 'FULL' none.",
            gives("MASK_CARD('4111 1111 1111 1234')", "'**** **** **** 1234'"),
            gives("MASK_CARD('4111111111111234', 'FULL')", "'****************'"))
        .function(
            "MASK_EMAIL(address STRING [, mode STRING]) -> STRING",
            "An e-mail address: 'PARTIAL' (the default) leaves the first letter and the domain,"
                + " 'FULL' neither.",
            gives("MASK_EMAIL('ann.smith@example.com')", "'a***@example.com'"),
            gives("MASK_EMAIL('ann.smith@example.com', 'FULL')", "'***@***'"))
        .function(
            "MASK_PHONE(number STRING [, mode STRING]) -> STRING",
            "A phone number: 'PARTIAL' (the default) leaves the last three digits, 'FULL' none.",
            gives("MASK_PHONE('+49 170 1234567')", "'+** *** ****567'"))
        .definitions();
  }

  private static List<FunctionDefinition> hashing() {
    Chapter chapter = new Chapter(FunctionCategory.HASHING);
    for (String name : List.of("MD5", "SHA1", "SHA256", "SHA512")) {
      chapter.function(
          name + "(text STRING) -> STRING\n" + name + "(bytes BYTES) -> STRING",
          "The hash of a text's UTF-8 bytes, or of bytes, in hexadecimal digits."
              + (name.equals("MD5") || name.equals("SHA1") ? " Not for secrets." : ""),
          switch (name) {
            case "MD5" -> gives("MD5('abc')", "'900150983cd24fb0d6963f7d28e17f72'");
            case "SHA1" -> gives("SHA1('abc')", "'a9993e364706816aba3e25717850c26c9cd0d89d'");
            case "SHA256" ->
                gives(
                    "SHA256('abc')",
                    "'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'");
            default -> gives("LEFT(SHA512('abc'), 16)", "'ddaf35a193617aba'");
          });
    }
    return chapter
        .function(
            "HMAC_SHA256(text STRING, secret STRING) -> STRING",
            "The keyed hash of a text, in hexadecimal digits: pseudonyms that cannot be guessed"
                + " without the secret.",
            gives(
                "HMAC_SHA256('what do ya want for nothing?', 'Jefe')",
                "'5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'"))
        .function(
            "CRC32(text STRING) -> BIGINT\nCRC32(bytes BYTES) -> BIGINT",
            "The checksum of a text's UTF-8 bytes, or of bytes.",
            gives("CRC32('123456789')", "3421780262"))
        .function(
            "XXHASH64(text STRING) -> BIGINT\nXXHASH64(bytes BYTES) -> BIGINT",
            "A quick 64-bit hash (seed 0), for buckets and comparisons, not for secrets.",
            gives("XXHASH64('')", "-1205034819632174695"),
            gives("XXHASH64('abc')", "4952883123889572249"))
        .function(
            "HASH_BUCKET(value ANY, buckets INT) -> INT",
            "Which of so many buckets, from 0, a value falls into; always the same for the same"
                + " value.",
            gives("HASH_BUCKET('abc', 10) BETWEEN 0 AND 9", "true"))
        .function(
            "TO_HEX(bytes BYTES) -> STRING\nTO_HEX(text STRING) -> STRING",
            "Bytes, or a text's UTF-8 bytes, in hexadecimal digits.",
            gives("TO_HEX('abc')", "'616263'"))
        .function(
            "FROM_HEX(text STRING) -> BYTES",
            "Bytes from hexadecimal digits.",
            gives("CAST(FROM_HEX('616263') AS STRING)", "'abc'"))
        .function(
            "TO_BASE64(bytes BYTES) -> STRING\nTO_BASE64(text STRING) -> STRING",
            "Bytes, or a text's UTF-8 bytes, in Base64.",
            gives("TO_BASE64('abc')", "'YWJj'"))
        .function(
            "FROM_BASE64(text STRING) -> BYTES",
            "Bytes from Base64.",
            gives("CAST(FROM_BASE64('YWJj') AS STRING)", "'abc'"))
        .function(
            "URL_ENCODE(text STRING) -> STRING",
            "As part of a query string.",
            gives("URL_ENCODE('a b&c')", "'a+b%26c'"))
        .function(
            "URL_DECODE(text STRING) -> STRING",
            "From part of a query string.",
            gives("URL_DECODE('a+b%26c')", "'a b&c'"))
        .definitions();
  }
}
