/** The catalogue of connectors, and trying their options. */
package io.millrace.control.connector;
