package io.millrace.connect;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;

/**
 * Closes the worker's REST interface except for what the workers of a group tell each other: the
 * configurations of tasks and the fencing of old ones. Kafka Connect signs these calls with a key
 * that only members of the group hold, and checks the signature itself; without the headers of a
 * signature they do not get that far.
 */
public final class InternalCallsOnly implements ConnectRestExtension {

  @Override
  public void register(ConnectRestExtensionContext context) {
    context.configurable().register(new Door(), jakarta.ws.rs.Priorities.AUTHENTICATION);
  }

  @Override
  public void configure(Map<String, ?> configs) {}

  @Override
  public String version() {
    return "1";
  }

  @Override
  public void close() {}

  private static final class Door implements ContainerRequestFilter {

    private static final Pattern TASKS = Pattern.compile("/?connectors/[^/]+/tasks/?");
    private static final Pattern FENCE = Pattern.compile("/?connectors/[^/]+/fence/?");

    @Override
    public void filter(ContainerRequestContext request) {
      if (!isInternal(request)) {
        request.abortWith(
            Response.status(Response.Status.FORBIDDEN)
                .entity("this listener is for the workers of its own group alone")
                .type("text/plain")
                .build());
      }
    }

    private static boolean isInternal(ContainerRequestContext request) {
      String path = request.getUriInfo().getPath(false);
      boolean known =
          switch (request.getMethod()) {
            case "POST" -> TASKS.matcher(path).matches();
            case "PUT" -> FENCE.matcher(path).matches();
            default -> false;
          };
      return known
          && request.getHeaderString("X-Connect-Authorization") != null
          && request.getHeaderString("X-Connect-Request-Signature-Algorithm") != null;
    }
  }
}
