/**
 * Change data capture from MariaDB, MySQL and PostgreSQL: Debezium's connectors, each in its own
 * plugin folder, behind a guard ({@link io.millrace.connector.cdc.CdcTask}) that turns their
 * records into typed change events and makes the capture exact.
 */
package io.millrace.connector.cdc;
