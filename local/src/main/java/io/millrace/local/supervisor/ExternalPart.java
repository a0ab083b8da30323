package io.millrace.local.supervisor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** A server that somebody else runs, named in the environment; it is ready when it accepts. */
final class ExternalPart implements StackPart {

  private final String name;
  private final String address;

  /**
   * @param address host:port, several of them with commas, or a URL
   */
  ExternalPart(String name, String address) {
    this.name = name;
    this.address = address;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String kind() {
    return "server";
  }

  @Override
  public void start() throws IOException {
    URI uri = uri();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), 5000);
    } catch (IOException e) {
      throw new IOException(
          "%s does not answer at %s: %s".formatted(name, address, e.getMessage()), e);
    }
  }

  private URI uri() {
    String first = address.split(",")[0].replaceFirst("^jdbc:", "");
    return URI.create(first.contains("://") ? first : "tcp://" + first);
  }

  @Override
  public boolean alive() {
    return true;
  }

  @Override
  public void stop() {
    // not ours to stop
  }

  @Override
  public long pid() {
    return 0;
  }

  @Override
  public String address() {
    return address + " (external)";
  }
}
