/** Runs stateful queries: events in, results out, the journal of both in one transaction. */
package io.millrace.analytics.query;
