package io.millrace.flow.stateful;

/**
 * What the state of a step follows from: steps of equal digests that were fed equal events remember
 * the same, in the same bytes.
 *
 * @param digest of the step and everything below it; not of what stands above it
 * @param words what the step is, for a person: "window aggregation of orders"
 */
public record Signature(String digest, String words) {}
