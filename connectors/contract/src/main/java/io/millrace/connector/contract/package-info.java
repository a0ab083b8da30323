/**
 * The contract that every connector passes: {@link io.millrace.connector.contract.SourceContract}
 * and {@link io.millrace.connector.contract.SinkContract} are the test classes to inherit; the
 * harnesses stand in for a Kafka Connect worker, faithfully enough to commit, crash, rebalance and
 * leave zombies behind at any point.
 */
package io.millrace.connector.contract;
