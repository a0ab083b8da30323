package io.millrace.analytics.state;

/**
 * Events of one input that a task took in at one go.
 *
 * @param input the input's position among those of the query
 * @param replayed whether it was a dead letter; then partition and offsets are those of the replay
 * @param partition where they are
 * @param from the first offset
 * @param to the one behind the last
 * @param passedOver offsets between them that could not be read as events
 */
public record Part(
    int input, boolean replayed, int partition, long from, long to, long[] passedOver) {

  /** The same of an input of another number. */
  Part of(int number) {
    return new Part(number, replayed, partition, from, to, passedOver);
  }
}
