/**
 * Stateless execution: a relational tree of filters, projections and cache joins becomes compiled
 * row functions over {@code Object[]}.
 *
 * <p>{@link io.millrace.rows.StatelessQuery#compile} is the way in; what it returns is immutable
 * and may be shared by any number of threads.
 */
package io.millrace.rows;
