/** What operators need that take their rows in the order of time: rows that wait, and keys. */
package io.millrace.cep.order;
