package io.millrace.connector.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.ConnectorProvider;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.Direction;
import java.util.ServiceLoader;

/** What a form and a page of documentation need of a descriptor. */
final class Descriptors {

  private Descriptors() {}

  static void check(ConnectorProvider provider, Direction direction) {
    ConnectorDescriptor descriptor = provider.descriptor();
    assertThat(descriptor.getDirection()).isEqualTo(direction);
    assertThat(descriptor.getType()).matches("[a-z][a-z0-9-]*");
    assertThat(descriptor.getTitle()).isNotBlank();
    assertThat(descriptor.getDescription()).isNotBlank();
    assertThat(descriptor.getGuarantee()).matches("(exactly-once|at-least-once).*");
    assertThat(descriptor.getOptions())
        .doesNotHaveDuplicates()
        .allSatisfy(o -> assertThat(o.getName()).matches("[a-z][a-z0-9_.*]*"))
        .allSatisfy(o ->
            assertThat(o.getDocumentation())
                .as("documentation of " + o.getName())
                .hasSizeGreaterThan(10))
        .allSatisfy(o ->
            assertThat(o.getRequired() && o.getDefaultValue() != null)
                .as(o.getName() + " is required and has a default")
                .isFalse());
    assertThat(ServiceLoader.load(ConnectorProvider.class))
        .as("META-INF/services names the provider")
        .anyMatch(p -> p.getClass().equals(provider.getClass()));
  }
}
