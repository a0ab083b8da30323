package io.millrace.embedded;

/** A running server on the loopback interface. Closing it stops it gracefully; its data stay. */
public interface EmbeddedServer extends AutoCloseable {

  /** The port that clients connect to. */
  int port();

  /** The process it runs in; this very process for Kafka. */
  long pid();

  /** Whether its process still runs. */
  boolean alive();

  @Override
  void close();
}
