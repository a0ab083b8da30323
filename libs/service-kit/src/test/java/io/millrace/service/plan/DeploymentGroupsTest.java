package io.millrace.service.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import org.junit.jupiter.api.Test;

class DeploymentGroupsTest {

  private static final Component ANYWHERE = component(null);
  private static final Component EDGE = component("Edge");
  private static final Component CLOUD = component("cloud");

  @Test
  void withoutTheSettingEverythingRunsHere() {
    DeploymentGroups all = DeploymentGroups.of(null);
    assertThat(all.take(ANYWHERE) && all.take(EDGE) && all.take(CLOUD)).isTrue();
    assertThat(all.takeInCluster(ANYWHERE) && all.takeInCluster(EDGE)).isTrue();
    assertThat(all.suffix()).isEmpty();
  }

  @Test
  void anInstanceOfAGroupTakesWhatIsItsAndWhatIsNobodys() {
    DeploymentGroups edge = DeploymentGroups.of(" edge,plant ");
    assertThat(edge.take(EDGE)).isTrue();
    assertThat(edge.take(CLOUD)).isFalse();
    assertThat(edge.take(ANYWHERE)).isTrue();
    assertThat(edge.suffix()).isEqualTo(".edge-plant");
  }

  /** Two clusters with the same component would each run it. */
  @Test
  void everyComponentRunsInOneCluster() {
    DeploymentGroups edge = DeploymentGroups.of("edge");
    DeploymentGroups rest = DeploymentGroups.of("");
    assertThat(edge.takeInCluster(EDGE)).isTrue();
    assertThat(rest.takeInCluster(EDGE)).isFalse();
    assertThat(edge.takeInCluster(ANYWHERE)).isFalse();
    assertThat(rest.takeInCluster(ANYWHERE)).isTrue();
  }

  private static Component component(String group) {
    return Component.newBuilder()
        .setName("c")
        .setKind(ComponentKind.QUERY)
        .setService("enrichment")
        .setFingerprint("1")
        .setGroup(group)
        .build();
  }
}
