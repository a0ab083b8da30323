package io.millrace.service.http;

import io.millrace.service.problem.CommonError;
import io.millrace.service.problem.ServiceException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * REST clients of the other services, for where a person waits for the answer. The caller's own
 * token goes along, so the other service checks the same person's rights. Thread-safe.
 */
public class ServiceClients {

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration READ = Duration.ofSeconds(60);

  private final RestClient.Builder builder;
  private final Environment environment;
  private final Map<String, RestClient> clients = new ConcurrentHashMap<>();
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();

  public ServiceClients(RestClient.Builder builder, Environment environment) {
    this.builder = builder;
    this.environment = environment;
  }

  /**
   * Calls a service.
   *
   * @param service its name, for instance {@code ingestion}
   * @param call what to ask and how to read the answer
   * @throws ServiceException with the service's own problem details when it answers with an error,
   *     SERVICE_UNAVAILABLE when it cannot be reached
   */
  public <T> T call(String service, Function<RestClient, T> call) {
    try {
      return call.apply(clients.computeIfAbsent(service, this::client));
    } catch (ResourceAccessException e) {
      throw CommonError.SERVICE_UNAVAILABLE.with(service).because(e).and("service", service);
    }
  }

  private RestClient client(String service) {
    JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(http);
    factory.setReadTimeout(READ);
    return builder
        .clone()
        .baseUrl(environment.getRequiredProperty("millrace.urls." + service))
        .requestFactory(factory)
        .requestInterceptor((request, body, execution) -> {
          passTokenOn(request);
          return execution.execute(request, body);
        })
        .defaultStatusHandler(
            HttpStatusCode::isError, (request, response) -> relay(service, response))
        .build();
  }

  private static void passTokenOn(HttpRequest request) {
    if (SecurityContextHolder.getContext().getAuthentication()
        instanceof JwtAuthenticationToken token) {
      request.getHeaders().setBearerAuth(token.getToken().getTokenValue());
    }
  }

  private static void relay(String service, ClientHttpResponse response) throws IOException {
    ProblemDetail problem = RelayedProblem.read(response);
    if (problem == null || problem.getDetail() == null) {
      throw CommonError.UPSTREAM_FAILED.with(service, "HTTP " + response.getStatusCode().value());
    }
    throw RelayedProblem.exception(problem);
  }
}
