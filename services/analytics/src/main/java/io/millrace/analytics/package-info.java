/** The analytics service: stateful queries, hosted. */
package io.millrace.analytics;
