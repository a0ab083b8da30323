/**
 * What survives a task: the journal of what it took in, snapshots of what it remembers, and how the
 * one and the other make a task that goes on as if nothing had happened.
 */
package io.millrace.analytics.state;
