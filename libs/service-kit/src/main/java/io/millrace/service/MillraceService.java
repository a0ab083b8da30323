package io.millrace.service;

import io.millrace.service.boot.ServiceAutoConfigurations;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Marks a service's main class. Starts only the auto-configurations that the service uses, whatever
 * else lies on the class path, so that all services can also live in one JVM on one class path. Add
 * {@code @ComponentScan} for the service's own packages, or {@code @Import}.
 *
 * <pre>{@code
 * @MillraceService(name = "control", port = 8081, uses = {Feature.POSTGRES, Feature.PLANS})
 * @ComponentScan
 * public class ControlApplication {
 *   public static void main(String[] args) {
 *     Services.run(ControlApplication.class, args);
 *   }
 *
 *   public static ConfigurableApplicationContext start(Map<String, Object> properties) {
 *     return Services.start(ControlApplication.class, properties);
 *   }
 * }
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@SpringBootConfiguration
@Import(ServiceAutoConfigurations.class)
public @interface MillraceService {

  /**
   * The service's name: that of its configuration file on the class path ({@code control.yml}), of
   * its part in plans, of its metrics' tag.
   */
  String name();

  /** Its HTTP port, unless the property {@code millrace.ports.<name>} says otherwise. */
  int port();

  /** What it uses beyond a web server, security, metrics and health. */
  Feature[] uses() default {};
}
