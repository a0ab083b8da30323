/** Plans: from statements to what the services run, and the difference between two of them. */
package io.millrace.flow.plan;
