/** The query service: looks at streams while they flow. */
package io.millrace.query;
