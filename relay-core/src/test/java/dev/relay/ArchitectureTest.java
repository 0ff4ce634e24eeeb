package dev.relay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;

/**
 * The arrows between the packages of relay-core. A package may use those its line names, and
 * nothing else of ours; each reason says how to mend a breach.
 */
@AnalyzeClasses(
    packages = "dev.relay",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.ThisModule.class})
class ArchitectureTest {
  private static final String ROOT = "root";
  private static final String MESSAGE = "message";
  private static final String SCHEMA = "schema";
  private static final String FAILURE = "failure";
  private static final String FIND = "find";
  private static final String METRIC = "metric";
  private static final String CATALOG = "catalog";
  private static final String DEFINITION = "definition";
  private static final String ACTOR = "actor";
  private static final String TURN = "turn";
  private static final String ROUTE = "route";
  private static final String STORE = "store";
  private static final String TRANSPORT = "transport";
  private static final String CLUSTER = "cluster";
  private static final String FLOW = "flow";
  private static final String NODE = "node";
  private static final String POSTGRES = "postgres";

  @ArchTest
  static final ArchRule arrows_point_one_way =
      layers()
          .whereLayer(MESSAGE)
          .mayNotAccessAnyLayer()
          .whereLayer(SCHEMA)
          .mayOnlyAccessLayers(MESSAGE)
          .whereLayer(FAILURE)
          .mayOnlyAccessLayers(SCHEMA)
          .whereLayer(FIND)
          .mayOnlyAccessLayers(MESSAGE, SCHEMA)
          .whereLayer(METRIC)
          .mayNotAccessAnyLayer()
          .whereLayer(CATALOG)
          .mayOnlyAccessLayers(MESSAGE, SCHEMA, FAILURE)
          .whereLayer(DEFINITION)
          .mayOnlyAccessLayers(MESSAGE, SCHEMA, FAILURE, FIND, METRIC, CATALOG)
          .whereLayer(ACTOR)
          .mayOnlyAccessLayers(MESSAGE, SCHEMA, FAILURE)
          .whereLayer(TURN)
          .mayOnlyAccessLayers(MESSAGE, SCHEMA, FAILURE, FIND, CATALOG, DEFINITION, ACTOR)
          .whereLayer(ROUTE)
          .mayOnlyAccessLayers(MESSAGE, FAILURE, CATALOG)
          .whereLayer(STORE)
          .mayOnlyAccessLayers(MESSAGE, FAILURE, FIND, METRIC, TURN, ROUTE)
          .whereLayer(TRANSPORT)
          .mayOnlyAccessLayers(MESSAGE)
          .whereLayer(CLUSTER)
          .mayOnlyAccessLayers(MESSAGE, FAILURE, ROUTE, STORE, TRANSPORT)
          .whereLayer(FLOW)
          .mayOnlyAccessLayers(
              MESSAGE, SCHEMA, FAILURE, FIND, CATALOG, DEFINITION, ACTOR, TURN, STORE, NODE)
          .whereLayer(NODE)
          .mayOnlyAccessLayers(
              MESSAGE,
              SCHEMA,
              FAILURE,
              FIND,
              CATALOG,
              DEFINITION,
              ACTOR,
              TURN,
              ROUTE,
              STORE,
              TRANSPORT,
              CLUSTER)
          .whereLayer(POSTGRES)
          .mayOnlyAccessLayers(
              MESSAGE, SCHEMA, FAILURE, FIND, METRIC, CATALOG, TURN, ROUTE, STORE, TRANSPORT,
              CLUSTER)
          .whereLayer(ROOT)
          .mayNotBeAccessedByAnyLayer()
          .because(
              "arrows point up the table of packages: move the type to the package that both sides"
                  + " may use, or let the lower package declare an interface that the upper one"
                  + " implements and the root hands over");

  @ArchTest
  static final ArchRule packages_form_no_circle =
      slices()
          .matching("dev.relay.(*)..")
          .should()
          .beFreeOfCycles()
          .because(
              "two packages that need each other are one: move what both use to the lower of them,"
                  + " or turn one arrow around with an interface");

  @ArchTest
  static final ArchRule only_schema_knows_the_validator =
      onlyIn("dev.relay.schema..", "com.networknt..")
          .because(
              "the validator library changes often: ask for a DocumentSchema and a Verdict, and"
                  + " extend dev.relay.schema where those don't say enough");

  @ArchTest
  static final ArchRule only_definition_reads_yaml =
      onlyIn("dev.relay.definition..", "org.yaml.snakeyaml..")
          .because(
              "one place reads YAML, with its bounds and marks: have dev.relay.definition hand over"
                  + " values");

  @ArchTest
  static final ArchRule only_expression_knows_the_language =
      onlyIn("dev.relay.definition.expression..", "com.dashjoin..")
          .because(
              "the sandbox holds only if nothing goes around it: use Rule and Script of"
                  + " dev.relay.definition.expression");

  @ArchTest
  static final ArchRule only_postgres_speaks_sql =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.relay.postgres..", "dev.relay")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..",
              "javax.sql..",
              "org.jdbi..",
              "org.postgresql..",
              "com.zaxxer.hikari..",
              "org.flywaydb..")
          .allowEmptyShould(true)
          .because(
              "deleting dev.relay.postgres must break nothing but the root: declare a port in"
                  + " dev.relay.store or dev.relay.catalog and implement it in dev.relay.postgres");

  @ArchTest
  static final ArchRule json_is_jackson_3 =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..")
          .because("there is one JSON library: import tools.jackson instead");

  /** The embedded database stands on the test class path and has a module of its own. */
  static final class ThisModule implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/dev/relay/embedded/");
    }
  }

  private static LayeredArchitecture layers() {
    LayeredArchitecture layers =
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.relay..")
            .withOptionalLayers(true)
            .layer(ROOT)
            .definedBy("dev.relay");
    for (String name :
        new String[] {
          MESSAGE,
          SCHEMA,
          FAILURE,
          FIND,
          METRIC,
          CATALOG,
          DEFINITION,
          ACTOR,
          TURN,
          ROUTE,
          STORE,
          TRANSPORT,
          CLUSTER,
          FLOW,
          NODE,
          POSTGRES
        }) {
      layers = layers.layer(name).definedBy("dev.relay." + name + "..");
    }
    return layers.ensureAllClassesAreContainedInArchitecture();
  }

  private static ArchRule onlyIn(String home, String library) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(home)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .allowEmptyShould(true);
  }
}
