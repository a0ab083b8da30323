/** Secrets: stored encrypted, referred to by name, never shown. */
package io.millrace.control.secret;
