/** MATCH_RECOGNIZE: patterns over the rows of a partition in the order of time. */
package io.millrace.cep.match;
