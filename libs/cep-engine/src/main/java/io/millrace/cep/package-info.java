/**
 * Runs stateful queries: {@link io.millrace.cep.StatefulQuery} is compiled once, {@link
 * io.millrace.cep.StatefulTask} runs it over the events of one partition. Knows no Kafka: whoever
 * hosts a task feeds it, journals what it fed, and keeps what it saved.
 */
package io.millrace.cep;
