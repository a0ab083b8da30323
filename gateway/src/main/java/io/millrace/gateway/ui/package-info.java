/** The user interface's files. */
package io.millrace.gateway.ui;
