/**
 * What every sink has in common: how its settings travel in a Kafka Connect configuration, the
 * records that come back as replays, and the dead letters it writes.
 */
package io.millrace.connector.sink;
