package dev.relay.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.relay.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule packages_know_each_other_in_one_direction =
      slices().matching("dev.relay.cli.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nothing_writes_around_the_terminal =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.relay.cli.output.Terminal")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .because("results, talk and colour are decided in one place; take it from the session");

  @ArchTest
  static final ArchRule short_verbs_leave_the_object_mapper_alone =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.relay.cli.output", "dev.relay.cli.client", "dev.relay.cli.option")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("tools.jackson.databind..")
          .because("loading it costs more than all the rest of their start-up; see JsonText");
}
