/** Joins of streams: by an interval of time, and by window. */
package io.millrace.cep.join;
