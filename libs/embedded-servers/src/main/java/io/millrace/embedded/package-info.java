/**
 * Real servers without Docker: Kafka in this process; PostgreSQL, MariaDB and Redis as child
 * processes from binaries that come as Maven artifacts. All of them are durable: what was
 * acknowledged survives a restart and {@code kill -9}. A server that a killed parent left behind is
 * found by its pid file and stopped before its successor starts on the same data directory.
 */
package io.millrace.embedded;
