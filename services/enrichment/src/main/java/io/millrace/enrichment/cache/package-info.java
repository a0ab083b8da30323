/**
 * Caches: reference data in Redis, shared by all instances, and near the queries in memory.
 *
 * <p>In Redis a cache is a hash of key bytes to rows, under a generation; a pointer names the
 * complete generation. A refresh fills a new generation and moves the pointer, so no reader ever
 * finds a cache empty or half full. Caches fed by a stream have one generation, changed in place
 * together with the position in the stream, so that data that Redis loses are noticed and read
 * again.
 */
package io.millrace.enrichment.cache;
