package io.millrace.schemas.control;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Has Avro take the records of this package. Since 1.12.1 it creates no class that it was not told
 * to trust; every generated record calls this before it is used, so that nobody has to set Avro's
 * system properties.
 */
final class TrustedRecords {

  private static final String PACKAGE = TrustedRecords.class.getPackageName() + ".";

  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getName().startsWith(PACKAGE)));
  }

  private TrustedRecords() {}

  /** Does it, once. */
  static void trust() {}
}
