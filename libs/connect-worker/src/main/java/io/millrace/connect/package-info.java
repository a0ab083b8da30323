/**
 * The embedded Kafka Connect worker of ingestion and delivery: a {@link
 * io.millrace.connect.ConnectWorker} runs the herder in process, {@link
 * io.millrace.connect.PlanConnectors} says which connectors the plans want, {@link
 * io.millrace.connect.ConnectorReconciler} makes it so, and {@link
 * io.millrace.connect.ComponentStatuses} tells how they are.
 */
package io.millrace.connect;
