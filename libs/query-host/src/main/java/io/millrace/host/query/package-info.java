/** Queries as plans describe them, and the shape of the events that they emit. */
package io.millrace.host.query;
