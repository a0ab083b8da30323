/**
 * The sink {@code file}. One growing file a partition, published under a name that carries stream,
 * partition and offsets; a journal beside it says which byte belongs to which offset. Decision 4
 * argues for it.
 */
package io.millrace.connector.file.sink;
