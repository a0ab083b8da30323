/** The options of a connector: declared once, then described, validated and read from there. */
package io.millrace.connector.option;
