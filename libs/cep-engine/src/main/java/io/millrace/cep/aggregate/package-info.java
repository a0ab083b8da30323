/** Aggregate functions, each a small machine that rows go into. */
package io.millrace.cep.aggregate;
