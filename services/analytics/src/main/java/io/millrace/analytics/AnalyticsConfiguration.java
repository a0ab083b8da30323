package io.millrace.analytics;

import io.millrace.analytics.epl.EplController;
import io.millrace.analytics.query.EplCompilation;
import io.millrace.analytics.query.QueryCompilation;
import io.millrace.analytics.query.Settings;
import io.millrace.analytics.query.SqlCompilation;
import io.millrace.analytics.query.StateBudget;
import io.millrace.analytics.query.StateLimits;
import io.millrace.analytics.spill.SpillDirectory;
import io.millrace.host.Applications;
import io.millrace.host.HostConfiguration;
import io.millrace.host.Surroundings;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Puts the service together. */
@Configuration(proxyBeanMethods = false)
@Import({HostConfiguration.class, EplController.class})
public class AnalyticsConfiguration {

  @Bean
  Settings settings(
      @Value("${millrace.analytics.snapshot-interval:30s}") Duration snapshot,
      @Value("${millrace.analytics.idle-after:60s}") Duration idle) {
    return new Settings(snapshot, idle, Settings.USUAL.tick());
  }

  @Bean
  StateBudget budget(
      @Value("${millrace.analytics.state-memory:" + StateLimits.USUAL_APPLICATION + "}")
          String application,
      @Value("${millrace.analytics.state-memory-total:" + StateLimits.USUAL_ALL + "}") String all) {
    return new StateBudget(StateLimits.of(application, all, Runtime.getRuntime().maxMemory()));
  }

  /**
   * @param directory where each instance makes a directory of its own; empty: a temporary one
   */
  @Bean
  SpillDirectory spill(
      Surroundings surroundings,
      @Value("${millrace.analytics.state-directory:}") String directory) {
    return directory.isEmpty()
        ? SpillDirectory.temporary()
        : SpillDirectory.of(
            Path.of(directory).resolve(surroundings.instance().replaceAll("[^A-Za-z0-9.-]", "_")));
  }

  @Bean
  QueryCompilation compilation() {
    QueryCompilation sql = new SqlCompilation();
    QueryCompilation epl = new EplCompilation();
    return query -> (EplCompilation.isEpl(query) ? epl : sql).compile(query);
  }

  @Bean
  Applications applications(
      Surroundings surroundings,
      Settings settings,
      QueryCompilation compilation,
      StateBudget budget,
      SpillDirectory spill) {
    return new Applications(
        surroundings.service(),
        application -> new AnalyticsRunners(surroundings, settings, compilation, budget, spill));
  }
}
