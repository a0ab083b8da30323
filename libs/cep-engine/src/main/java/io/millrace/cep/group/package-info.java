/** Aggregation by key. */
package io.millrace.cep.group;
