/** Functions over the rows before a row, the first rows of windows, and the first row of a key. */
package io.millrace.cep.over;
