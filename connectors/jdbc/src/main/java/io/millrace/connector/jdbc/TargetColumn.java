package io.millrace.connector.jdbc;

/**
 * A column of the target as the driver describes it.
 *
 * @param jdbcType of {@link java.sql.Types}
 * @param size digits or characters
 * @param optional may be left out of an INSERT: nullable, generated or with a default
 */
record TargetColumn(
    String name, int jdbcType, String typeName, int size, int digits, boolean optional) {}
