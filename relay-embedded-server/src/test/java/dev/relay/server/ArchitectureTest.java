package dev.relay.server;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.relay.server", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule arrows_between_packages_point_one_way =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("server")
          .definedBy("dev.relay.server")
          .layer("endpoint")
          .definedBy("dev.relay.server.endpoint")
          .layer("sse")
          .definedBy("dev.relay.server.sse")
          .layer("cloudevents")
          .definedBy("dev.relay.server.cloudevents")
          .layer("webhook")
          .definedBy("dev.relay.server.webhook")
          .layer("http")
          .definedBy("dev.relay.server.http")
          .layer("problem")
          .definedBy("dev.relay.server.problem")
          .whereLayer("server")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("endpoint")
          .mayOnlyBeAccessedByLayers("server")
          .whereLayer("sse")
          .mayOnlyBeAccessedByLayers("server", "endpoint")
          .whereLayer("cloudevents")
          .mayOnlyBeAccessedByLayers("endpoint", "sse")
          .whereLayer("webhook")
          .mayOnlyBeAccessedByLayers("server", "endpoint")
          .whereLayer("http")
          .mayOnlyBeAccessedByLayers("server", "endpoint", "sse", "cloudevents")
          .because(
              "http knows nothing of actors: hand it what it needs as a route or a function instead"
                  + " of importing upwards");
}
