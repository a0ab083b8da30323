/** Runs the stateless queries of applications on the task loop. */
package io.millrace.enrichment.query;
