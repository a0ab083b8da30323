/** Checks texts in EPL for whoever writes them. */
package io.millrace.analytics.epl;
