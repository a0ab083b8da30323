/**
 * What a connector tells the platform. A connector is a Kafka Connect plugin plus one {@link
 * io.millrace.connector.ConnectorProvider}, found by {@link java.util.ServiceLoader}: its
 * descriptor, its checks, the tables it can hand out, and the Kafka Connect configuration of a
 * component.
 */
package io.millrace.connector;
