/** Capture beside a stock Kafka Connect worker with its JSON converter. */
package io.millrace.bench.capture;
