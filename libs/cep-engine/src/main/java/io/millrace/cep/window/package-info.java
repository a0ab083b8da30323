/** Windows over event time: rows put into them, and aggregation by window and key. */
package io.millrace.cep.window;
