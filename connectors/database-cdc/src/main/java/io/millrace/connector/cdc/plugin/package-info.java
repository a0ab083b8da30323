/**
 * What is loaded beside Debezium, by the class loader of its plugin folder, because it implements
 * Debezium's interfaces.
 */
package io.millrace.connector.cdc.plugin;
