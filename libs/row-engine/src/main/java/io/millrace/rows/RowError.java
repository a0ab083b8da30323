package io.millrace.rows;

/**
 * Why one row failed.
 *
 * @param index the row's position in the batch
 * @param message what went wrong, naming the expression and the value
 * @param expression the expression, as SQL; null when the row itself is malformed
 */
public record RowError(int index, ErrorCode code, String message, String expression) {}
