/** Errors with names, answered as problem details (RFC 9457). */
package io.millrace.service.problem;
