/** Topics of any Kafka cluster: what the source and the sink {@code kafka} share. */
package io.millrace.connector.kafka;
