package io.millrace.service.boot;

import io.millrace.service.Feature;
import io.millrace.service.MillraceService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.autoconfigure.AutoConfigurationImportSelector;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Picks auto-configurations by what the service says it uses. An allow-list: what some other
 * service's library brings to a common class path stays off.
 */
public class ServiceAutoConfigurations extends AutoConfigurationImportSelector {

  /** What every service has. */
  private static final List<String> COMMON =
      List.of(
          "io.millrace.service.boot.",
          "io.millrace.service.security.",
          "io.millrace.service.problem.",
          "org.springframework.boot.autoconfigure.context.",
          "org.springframework.boot.autoconfigure.info.",
          "org.springframework.boot.autoconfigure.availability.",
          "org.springframework.boot.autoconfigure.ssl.",
          "org.springframework.boot.autoconfigure.task.",
          "org.springframework.boot.autoconfigure.web.",
          "org.springframework.boot.autoconfigure.aop.",
          "org.springframework.boot.web.server.",
          "org.springframework.boot.webmvc.",
          "org.springframework.boot.servlet.",
          "org.springframework.boot.tomcat.",
          "org.springframework.boot.jackson.",
          "org.springframework.boot.http.",
          "org.springframework.boot.restclient.",
          "org.springframework.boot.validation.",
          "org.springframework.boot.security.",
          "org.springframework.boot.actuate.",
          "org.springframework.boot.health.",
          "org.springframework.boot.micrometer.metrics.autoconfigure.",
          "org.springframework.boot.micrometer.observation.",
          "org.springdoc.");

  /** What the prefixes above would let in and nobody needs. */
  private static final List<String> NEVER =
      List.of(
          "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
          "org.springframework.boot.security.autoconfigure.rsocket.",
          "org.springframework.boot.security.saml2.",
          "org.springframework.boot.security.oauth2.client.",
          "org.springframework.boot.security.oauth2.server.authorization.",
          "org.springframework.boot.jdbc.autoconfigure.JndiDataSourceAutoConfiguration",
          "org.springframework.boot.jdbc.autoconfigure.XADataSourceAutoConfiguration",
          "org.springframework.boot.actuate.autoconfigure.endpoint.jmx.",
          // Answers every path that no route knows by looking for a function of that name.
          "org.springframework.cloud.gateway.server.mvc.config.DefaultFunctionConfiguration");

  @Override
  protected Class<?> getAnnotationClass() {
    return MillraceService.class;
  }

  @Override
  protected List<String> getCandidateConfigurations(
      AnnotationMetadata metadata, AnnotationAttributes attributes) {
    List<String> allowed = allowedPackages((Feature[]) attributes.get("uses"));
    List<String> chosen = new ArrayList<>();
    for (String candidate :
        org.springframework.boot.context.annotation.ImportCandidates.load(
            org.springframework.boot.autoconfigure.AutoConfiguration.class, getBeanClassLoader())) {
      if (startsWithAny(candidate, allowed) && !startsWithAny(candidate, NEVER)) {
        chosen.add(candidate);
      }
    }
    return chosen;
  }

  @Override
  protected Set<String> getExclusions(
      AnnotationMetadata metadata, AnnotationAttributes attributes) {
    return new LinkedHashSet<>();
  }

  private static List<String> allowedPackages(Feature[] uses) {
    List<String> allowed = new ArrayList<>(COMMON);
    for (Feature feature : uses) {
      allowed.addAll(feature.packages());
      feature.brings().forEach(brought -> allowed.addAll(brought.packages()));
    }
    return allowed;
  }

  private static boolean startsWithAny(String name, List<String> prefixes) {
    return prefixes.stream().anyMatch(name::startsWith);
  }
}
