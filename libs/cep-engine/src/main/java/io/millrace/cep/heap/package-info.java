/** How much of the heap state takes, by estimate: counted as it comes and goes. */
package io.millrace.cep.heap;
