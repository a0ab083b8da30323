package io.millrace.service;

import io.millrace.service.boot.ServiceDefaults;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Starts services: as a process of their own, or as contexts that share one JVM. */
public final class Services {

  private Services() {}

  /**
   * A main method: starts the service as this process; exits with 1 and the reason if it cannot.
   */
  public static ConfigurableApplicationContext run(Class<?> service, String... args) {
    MillraceService annotation = annotation(service);
    SpringApplication application = application(service, annotation);
    return application.run(withName(annotation, List.of(args)));
  }

  /**
   * Starts the service as a context of this JVM, beside others. Logging and shutdown stay with the
   * caller, who closes the context. Contexts may be started and closed in any order and in several
   * threads at once.
   *
   * @param properties override every other source of configuration, for instance {@code
   *     millrace.kafka} and {@code millrace.ports.control} (0 takes any free port; see {@link
   *     #port})
   */
  public static ConfigurableApplicationContext start(Class<?> service, Map<String, ?> properties) {
    MillraceService annotation = annotation(service);
    SpringApplication application = application(service, annotation);
    application.setRegisterShutdownHook(false);
    application.setListeners(
        application.getListeners().stream().filter(listener -> !changesLogging(listener)).toList());
    List<String> args = new ArrayList<>();
    properties.forEach((name, value) -> args.add("--" + name + "=" + value));
    return application.run(withName(annotation, args));
  }

  /** Spring Boot's would configure logging anew, Spring Cloud's silences it until it has been. */
  private static boolean changesLogging(ApplicationListener<?> listener) {
    return listener instanceof LoggingApplicationListener
        || listener.getClass().getSimpleName().equals("LoggingSystemShutdownListener");
  }

  /** The HTTP port that a started service listens on. */
  public static int port(ConfigurableApplicationContext service) {
    return service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  private static SpringApplication application(Class<?> service, MillraceService annotation) {
    SpringApplication application = new SpringApplication(service);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setBannerMode(Banner.Mode.OFF);
    application.setDefaultProperties(new HashMap<>(ServiceDefaults.of(annotation)));
    return application;
  }

  private static String[] withName(MillraceService annotation, List<String> args) {
    List<String> all = new ArrayList<>(args);
    all.add("--spring.config.name=" + annotation.name());
    return all.toArray(String[]::new);
  }

  private static MillraceService annotation(Class<?> service) {
    MillraceService annotation =
        AnnotatedElementUtils.findMergedAnnotation(service, MillraceService.class);
    if (annotation == null) {
      throw new IllegalArgumentException(service + " is not annotated with @MillraceService");
    }
    return annotation;
  }
}
