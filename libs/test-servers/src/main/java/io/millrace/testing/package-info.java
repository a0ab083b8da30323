/**
 * Real servers for tests, each started once a JVM with {@code shared()} and stopped when it ends,
 * or owned by a test that stops and restarts it. Ports are free ones, data live in temporary
 * directories.
 */
package io.millrace.testing;
