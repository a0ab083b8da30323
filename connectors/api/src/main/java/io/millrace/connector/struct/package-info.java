/** Between the structs of Kafka Connect's records and the rows of events. */
package io.millrace.connector.struct;
