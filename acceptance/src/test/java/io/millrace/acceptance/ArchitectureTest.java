package io.millrace.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom: the rooms of the house stay apart. */
@AnalyzeClasses(packages = "io.millrace", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] SERVICES = {
    "io.millrace.control..",
    "io.millrace.ingestion..",
    "io.millrace.enrichment..",
    "io.millrace.analytics..",
    "io.millrace.alerting..",
    "io.millrace.delivery..",
    "io.millrace.query..",
    "io.millrace.gateway.."
  };

  @ArchTest
  static final ArchRule ONLY_THE_LANGUAGE_AND_THE_ENGINES_KNOW_CALCITE =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.millrace.flow..", "io.millrace.rows..", "io.millrace.cep..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.calcite..");

  @ArchTest
  static final ArchRule THE_LANGUAGE_KNOWS_NO_SPRING_KAFKA_OR_ESPER =
      noClasses()
          .that()
          .resideInAPackage("io.millrace.flow..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "org.apache.kafka..", "com.espertech..");

  @ArchTest
  static final ArchRule ONLY_THE_ROOM_FOR_EPL_KNOWS_ESPER =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.millrace.cep.epl..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.espertech..");

  @ArchTest
  static final ArchRule THE_ENGINES_KNOW_NO_SPRING_AND_NO_KAFKA =
      noClasses()
          .that()
          .resideInAnyPackage("io.millrace.rows..", "io.millrace.cep..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..", "org.apache.kafka..");

  @ArchTest
  static final ArchRule CONNECTORS_KNOW_NO_SPRING =
      noClasses()
          .that()
          .resideInAPackage("io.millrace.connector..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework..");

  @ArchTest
  static final ArchRule LIBRARIES_AND_CONNECTORS_KNOW_NO_SERVICE =
      noClasses()
          .that()
          .resideOutsideOfPackages(SERVICES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SERVICES);

  @ArchTest
  static final ArchRule SERVICES_DO_NOT_KNOW_EACH_OTHER =
      slices()
          .matching(
              "io.millrace."
                  + "(control|ingestion|enrichment|analytics|alerting|delivery|query|gateway)..")
          .should()
          .notDependOnEachOther();
}
