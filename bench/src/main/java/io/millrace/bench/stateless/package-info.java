/** Stateless queries beside a bare copy of the same topic. */
package io.millrace.bench.stateless;
