/**
 * The sink {@code jdbc}: rows of a database, written exactly once.
 *
 * <p>Each batch is one transaction that holds the rows and the positions they came from, in the
 * table {@code millrace_offsets} of the target. A transaction moves a position only from the value
 * that its task last saw, so whoever comes late, a task that lost its partitions for instance,
 * changes nothing.
 */
package io.millrace.connector.jdbc;
