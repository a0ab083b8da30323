/** How operators write down what they remember. */
package io.millrace.cep.state;
