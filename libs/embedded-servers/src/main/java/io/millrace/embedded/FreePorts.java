package io.millrace.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on the loopback interface. */
public final class FreePorts {

  private FreePorts() {}

  /** Any port that is free now. */
  public static int any() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new ServerException("no free port on the loopback interface", e);
    }
  }

  /** The preferred port if it is free, else the next free one above it. */
  public static int from(int preferred) {
    for (int port = preferred; port <= 65535; port++) {
      if (isFree(port)) {
        return port;
      }
    }
    throw new ServerException("no free port from " + preferred + " upwards");
  }

  /** Whether a server could listen on the port, on all interfaces. */
  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
