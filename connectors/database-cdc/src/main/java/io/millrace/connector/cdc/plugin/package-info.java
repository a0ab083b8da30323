/**
 * What is loaded beside Debezium, by the class loader of its plugin folder, because it extends
 * Debezium's types.
 */
package io.millrace.connector.cdc.plugin;
