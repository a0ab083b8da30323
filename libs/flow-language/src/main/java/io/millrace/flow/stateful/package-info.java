/**
 * Stateful queries as a tree of what has to be remembered: {@link
 * io.millrace.flow.stateful.StatefulPlan} is what an engine runs. Times and lengths of time are
 * microseconds, as TIMESTAMP columns are.
 */
package io.millrace.flow.stateful;
