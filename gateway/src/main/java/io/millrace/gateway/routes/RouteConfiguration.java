package io.millrace.gateway.routes;

import static org.springframework.cloud.gateway.server.mvc.filter.BeforeFilterFunctions.uri;
import static org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions.route;
import static org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions.http;
import static org.springframework.web.servlet.function.RequestPredicates.path;

import io.millrace.service.problem.CommonError;
import io.millrace.service.problem.Problems;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.RequestPredicate;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** The routes to the services; the more particular ones come first. */
@Configuration(proxyBeanMethods = false)
class RouteConfiguration {

  @Bean
  @Order(1)
  RouterFunction<ServerResponse> queryRoutes(Environment environment) {
    return to(
        "query",
        path("/api/v1/streams/{stream}/events")
            .or(path("/api/v1/streams/{stream}/live"))
            .or(path("/api/v1/views/**"))
            .or(path("/api/v1/query/**")),
        environment);
  }

  @Bean
  @Order(2)
  RouterFunction<ServerResponse> controlRoutes(Environment environment) {
    return to(
        "control",
        path("/api/v1/applications/**")
            .or(path("/api/v1/operations/**"))
            .or(path("/api/v1/connectors/**"))
            .or(path("/api/v1/streams/**"))
            .or(path("/api/v1/secrets/**"))
            .or(path("/api/v1/dead-letters/**"))
            .or(path("/api/v1/audit/**")),
        environment);
  }

  private static RouterFunction<ServerResponse> to(
      String service, RequestPredicate paths, Environment environment) {
    return route(service)
        .route(paths, http())
        .before(uri(environment.getRequiredProperty("millrace.urls." + service)))
        .onError(RouteConfiguration::unreachable, (_, _) -> unavailable(service))
        .build();
  }

  private static boolean unreachable(Throwable error) {
    return error instanceof IOException || error instanceof ResourceAccessException;
  }

  private static ServerResponse unavailable(String service) {
    CommonError error = CommonError.SERVICE_UNAVAILABLE;
    return ServerResponse.status(error.status())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(Problems.of(error, error.message().formatted(service)));
  }
}
