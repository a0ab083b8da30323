/** What running connectors count, for the status of their component. */
package io.millrace.connector.report;
