/**
 * The types of Millrace's events, and how each is held in memory and in Avro.
 *
 * <p>An event in memory is an {@code Object[]}, one element a column, in the order of its {@link
 * io.millrace.schemas.type.RowType}; SQL's NULL is Java's {@code null}.
 */
package io.millrace.schemas.type;
