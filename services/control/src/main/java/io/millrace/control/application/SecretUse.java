package io.millrace.control.application;

import io.millrace.control.ControlError;
import io.millrace.control.audit.AuditLog;
import io.millrace.control.lifecycle.Outbox;
import io.millrace.control.secret.SecretStore;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.Plan;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.springframework.context.event.EventListener;

/**
 * Follows secrets into plans: a secret with another value restarts the components that use it, and
 * one that is used cannot be deleted.
 */
@org.springframework.stereotype.Component
class SecretUse {

  private final ApplicationStore store;
  private final Outbox outbox;
  private final AuditLog audit;

  SecretUse(ApplicationStore store, Outbox outbox, AuditLog audit) {
    this.store = store;
    this.outbox = outbox;
    this.audit = audit;
  }

  @EventListener
  void deleting(SecretStore.Deleting secret) {
    List<String> users =
        store.currents().stream()
            .filter(r -> uses(r.plan(), secret.reference()))
            .map(Revision::application)
            .toList();
    if (!users.isEmpty()) {
      throw ControlError.SECRET_IN_USE
          .with(secret.name(), String.join(", ", users))
          .and("applications", users);
    }
  }

  @EventListener
  void replaced(SecretStore.Replaced secret) {
    for (Revision revision : store.currents()) {
      if (uses(revision.plan(), secret.oldReference())) {
        Plan plan = replace(revision.plan(), secret.oldReference(), secret.newReference());
        store.replacePlan(revision.application(), revision.revision(), plan);
        audit.note("application.secret", revision.application(), secret.name());
        if (store.find(revision.application()).orElseThrow().isDeployed()) {
          outbox.put(revision.application());
        }
      }
    }
  }

  private static boolean uses(Plan plan, String reference) {
    return plan.getComponents().stream().anyMatch(component -> uses(component, reference));
  }

  private static boolean uses(Component component, String reference) {
    return component.getOptions().values().stream().anyMatch(value -> value.contains(reference));
  }

  private static Plan replace(Plan plan, String old, String reference) {
    List<Component> components =
        plan.getComponents().stream()
            .map(component -> uses(component, old) ? replace(component, old, reference) : component)
            .toList();
    return Plan.newBuilder(plan).setComponents(components).build();
  }

  private static Component replace(Component component, String old, String reference) {
    Map<String, String> options = new HashMap<>();
    component
        .getOptions()
        .forEach((name, value) -> options.put(name, value.replace(old, reference)));
    CRC32 check = new CRC32();
    check.update((component.getFingerprint() + reference).getBytes(StandardCharsets.UTF_8));
    return Component.newBuilder(component)
        .setOptions(options)
        .setFingerprint(
            component.getFingerprint() + "-" + HexFormat.of().toHexDigits((int) check.getValue()))
        .build();
  }
}
