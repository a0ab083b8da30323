/** What a stateful query is made of: operators that hand rows on, in event time. */
package io.millrace.cep.operator;
