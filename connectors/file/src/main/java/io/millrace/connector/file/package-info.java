/**
 * Files: {@link io.millrace.connector.file.source} follows them as they grow, {@link
 * io.millrace.connector.file.sink} writes them exactly once.
 */
package io.millrace.connector.file;
