package io.millrace.service.plan;

import io.millrace.schemas.control.Component;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The deployment groups that this instance belongs to ({@code millrace.groups}, separated by
 * commas), by which it chooses among the components of plans. Group names are compared whatever
 * their case. Immutable.
 */
public final class DeploymentGroups {

  private final List<String> names;

  private DeploymentGroups(Collection<String> names) {
    this.names = names == null ? null : names.stream().sorted().toList();
  }

  /**
   * @param setting the property as it is set; null when it is not, and all components run here
   */
  public static DeploymentGroups of(String setting) {
    if (setting == null) {
      return new DeploymentGroups(null);
    }
    return new DeploymentGroups(
        Arrays.stream(setting.split(","))
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList());
  }

  /** Whether a component runs here: it has no group, or one of these. */
  public boolean take(Component component) {
    return names == null || component.getGroup() == null || isMine(component);
  }

  /**
   * The same for services whose instances form one cluster a set of groups and do not share work
   * between clusters: what has no group runs in the cluster without groups alone.
   */
  public boolean takeInCluster(Component component) {
    return component.getGroup() == null
        ? names == null || names.isEmpty()
        : names == null || isMine(component);
  }

  /** The groups' names as a part of a cluster's name: empty without groups. */
  public String suffix() {
    return names == null || names.isEmpty() ? "" : "." + String.join("-", names);
  }

  private boolean isMine(Component component) {
    return names.contains(component.getGroup().toLowerCase(Locale.ROOT));
  }
}
