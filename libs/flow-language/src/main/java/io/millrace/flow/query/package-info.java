/**
 * Queries: a SELECT over streams and caches to typed row expressions.
 *
 * <p>{@link io.millrace.flow.query.QueryCompiler} is the entry. A stateless query comes out as
 * {@link io.millrace.flow.query.Branch}es, each of which turns one event of one stream into one
 * event of the output, or none.
 */
package io.millrace.flow.query;
