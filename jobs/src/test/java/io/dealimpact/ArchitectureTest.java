package io.dealimpact;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.dealimpact.testing.SparkForTests;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The arrows between packages, and who may know which library. */
@AnalyzeClasses(packages = "io.dealimpact", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.OnlyIncludeTests())
          .importPackages("io.dealimpact");
  private static final String SPARK = "org.apache.spark..";
  private static final String DELTA = "io.delta..";
  private static final String JACKSON = "com.fasterxml.jackson..";
  private static final String PICOCLI = "picocli..";
  private static final String HIPPARCHUS = "org.hipparchus..";

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.dealimpact.(**)").should().beFreeOfCycles();

  /** Text is the same under any locale: {@code String.format(Locale.ROOT, …)}. */
  @ArchTest
  static final ArchRule textDoesNotDependOnTheLocale =
      noClasses()
          .should()
          .callMethod(String.class, "formatted", Object[].class)
          .orShould()
          .callMethod(String.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(PrintStream.class, "printf", String.class, Object[].class)
          .orShould()
          .callMethod(PrintStream.class, "format", String.class, Object[].class)
          .orShould()
          .callMethod(String.class, "toLowerCase")
          .orShould()
          .callMethod(String.class, "toUpperCase");

  @ArchTest
  static final ArchRule studyNumericKnowsWhatIsLeftOfIt =
      classes()
          .that()
          .resideInAPackage("io.dealimpact.study.numeric")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", HIPPARCHUS, "io.dealimpact.study.numeric");

  @ArchTest
  static final ArchRule studyMarketKnowsWhatIsLeftOfIt =
      classes()
          .that()
          .resideInAPackage("io.dealimpact.study.market")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", HIPPARCHUS, "io.dealimpact.study.numeric", "io.dealimpact.study.market");

  @ArchTest
  static final ArchRule studyModelKnowsWhatIsLeftOfIt =
      classes()
          .that()
          .resideInAPackage("io.dealimpact.study.model")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              HIPPARCHUS,
              "io.dealimpact.study.numeric",
              "io.dealimpact.study.market",
              "io.dealimpact.study.model");

  @ArchTest
  static final ArchRule studyEventKnowsWhatIsLeftOfIt =
      classes()
          .that()
          .resideInAPackage("io.dealimpact.study.event")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              HIPPARCHUS,
              "io.dealimpact.study.numeric",
              "io.dealimpact.study.market",
              "io.dealimpact.study.model",
              "io.dealimpact.study.event");

  @ArchTest
  static final ArchRule studyGroupKnowsWhatIsLeftOfIt =
      classes()
          .that()
          .resideInAPackage("io.dealimpact.study.group")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              HIPPARCHUS,
              "io.dealimpact.study.numeric",
              "io.dealimpact.study.market",
              "io.dealimpact.study.model",
              "io.dealimpact.study.event",
              "io.dealimpact.study.group");

  @ArchTest
  static final ArchRule studyCalibrationKnowsWhatIsLeftOfIt =
      classes()
          .that()
          .resideInAPackage("io.dealimpact.study.calibration")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              HIPPARCHUS,
              "io.dealimpact.study.numeric",
              "io.dealimpact.study.market",
              "io.dealimpact.study.model",
              "io.dealimpact.study.event",
              "io.dealimpact.study.group",
              "io.dealimpact.study.calibration");

  @ArchTest
  static final ArchRule capacityKnowsOnlyTheJdk =
      classes()
          .that()
          .resideInAPackage("io.dealimpact.capacity..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "io.dealimpact.capacity..");

  @ArchTest
  static final ArchRule commitmentsKnowNeitherSharesNorCosts =
      classes()
          .that()
          .resideInAPackage("io.dealimpact.capacity")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "io.dealimpact.capacity");

  @ArchTest
  static final ArchRule claimsKnowCapacity =
      classes()
          .that()
          .resideInAPackage("io.dealimpact.claim")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "io.dealimpact.claim", "io.dealimpact.capacity..");

  @ArchTest
  static final ArchRule runKnowsOnlyTheJdk =
      classes()
          .that()
          .resideInAPackage("io.dealimpact.run")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "io.dealimpact.run");

  @ArchTest
  static final ArchRule configKnowsJacksonAndRun =
      noClasses()
          .that()
          .resideInAPackage("io.dealimpact.config")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SPARK, DELTA, PICOCLI, HIPPARCHUS);

  @ArchTest
  static final ArchRule onlyTheLakeKnowsDelta =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.dealimpact.lake", "io.dealimpact.cli")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DELTA, "org.apache.spark.sql.delta..");

  @ArchTest
  static final ArchRule whoKnowsJackson =
      noClasses()
          .that()
          .resideInAnyPackage("io.dealimpact.quality", "io.dealimpact.codec")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(JACKSON);

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsPicocli =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.dealimpact.cli")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(PICOCLI);

  @ArchTest
  static final ArchRule onlyTheUpperRoomsKnowStages =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.dealimpact.stage..",
              "io.dealimpact.flow",
              "io.dealimpact.ask",
              "io.dealimpact.bench",
              "io.dealimpact.cli")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.dealimpact.stage..");

  @ArchTest
  static final ArchRule stagesKnowNothingAboveThem =
      noClasses()
          .that()
          .resideInAPackage("io.dealimpact.stage..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.dealimpact.flow",
              "io.dealimpact.ask",
              "io.dealimpact.bench",
              "io.dealimpact.notebook",
              "io.dealimpact.cli");

  @ArchTest
  static final ArchRule nobodyKnowsTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.dealimpact.cli")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.dealimpact.cli");

  @ArchTest
  static final ArchRule sourceLakeAndQualityStandBesideEachOther =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.dealimpact.source..", "io.dealimpact.lake", "io.dealimpact.quality")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.dealimpact.codec",
              "io.dealimpact.report",
              "io.dealimpact.study..",
              "io.dealimpact.capacity..",
              "io.dealimpact.claim");

  @ArchTest
  static final ArchRule sourceLakeAndQualityDoNotKnowOneAnother =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage(
              "io.dealimpact.source..", "io.dealimpact.lake", "io.dealimpact.quality")
          .layer("source")
          .definedBy("io.dealimpact.source..")
          .layer("lake")
          .definedBy("io.dealimpact.lake")
          .layer("quality")
          .definedBy("io.dealimpact.quality")
          .whereLayer("source")
          .mayNotAccessAnyLayer()
          .whereLayer("lake")
          .mayNotAccessAnyLayer()
          .whereLayer("quality")
          .mayNotAccessAnyLayer();

  /**
   * Words of the landing zone, text, JSON, vendors' layouts, the folder: each knows those before.
   */
  @ArchTest
  static final ArchRule sourceHasOneDirection =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.dealimpact.source..")
          .layer("words")
          .definedBy("io.dealimpact.source")
          .layer("text")
          .definedBy("io.dealimpact.source.text")
          .layer("json")
          .definedBy("io.dealimpact.source.json")
          .layer("vendor")
          .definedBy("io.dealimpact.source.vendor")
          .layer("landing")
          .definedBy("io.dealimpact.source.landing")
          .whereLayer("landing")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("vendor")
          .mayOnlyBeAccessedByLayers("landing")
          .whereLayer("json")
          .mayOnlyBeAccessedByLayers("vendor", "landing")
          .whereLayer("text")
          .mayOnlyBeAccessedByLayers("json", "vendor", "landing");

  /** Readers run on executors one file at a time: only the landing zone and Parquet need Spark. */
  @ArchTest
  static final ArchRule readersKnowNoSpark =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.dealimpact.source",
              "io.dealimpact.source.text",
              "io.dealimpact.source.json",
              "io.dealimpact.source.vendor")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SPARK);

  /** Two columns of one type that change places would not be noticed by position. */
  @ArchTest
  static final ArchRule rowsGoByTheNamesOfColumns =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.dealimpact.row")
          .should()
          .accessTargetWhere(
              describe("makes a row, or reads a cell of one", ArchitectureTest::touchesCells));

  @ArchTest
  static final ArchRule rowsKnowSparkAndRanges =
      classes()
          .that()
          .resideInAPackage("io.dealimpact.row")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "scala..", SPARK, "io.dealimpact.row", "io.dealimpact.capacity");

  private static boolean touchesCells(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    if (owner.isEquivalentTo(RowFactory.class)) {
      return true;
    }
    String name = access.getTarget().getName();
    return owner.isAssignableTo(Row.class)
        && (name.startsWith("get")
            || Set.of("apply", "isNullAt", "fieldIndex", "toSeq", JavaConstructor.CONSTRUCTOR_NAME)
                .contains(name));
  }

  @ArchTest
  static final ArchRule onlyPublicSparkAndDelta =
      noClasses()
          .that()
          .doNotHaveSimpleName("QueryCheck")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark.sql.delta..",
              "org.apache.spark.sql.catalyst..",
              "org.apache.spark.sql.execution..",
              "org.apache.spark.sql.internal..",
              "org.apache.spark.rdd..")
          .orShould()
          .dependOnClassesThat(type(JavaSparkContext.class).or(type(JavaRDD.class)))
          .orShould()
          .callMethodWhere(
              target(nameMatching("sessionState|queryExecution|rdd|javaRDD|toJavaRDD")));

  /** The exception above is for a class that exists, and for no other use than parsing. */
  @ArchTest
  static final ArchRule theQueryCheckOnlyParses =
      noClasses()
          .that()
          .haveSimpleName("QueryCheck")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark.sql.delta..", "org.apache.spark.sql.execution..");

  /** Else a backfill would leave its range out, or note it as the whole table. */
  @ArchTest
  static final ArchRule whoWritesRangesSaysSo =
      classes()
          .that(
              describe(
                  "write by GoldWriter",
                  type ->
                      type.getMethodCallsFromSelf().stream()
                          .anyMatch(call -> isOfGoldWriter(call.getTargetOwner()))))
          .and(not(describe("GoldWriter", ArchitectureTest::isOfGoldWriter)))
          .should(
              be(
                  describe(
                      "stages that override computesRanges",
                      type -> type.tryGetMethod("computesRanges").isPresent())));

  private static boolean isOfGoldWriter(JavaClass type) {
    return type.getSimpleName().equals("GoldWriter");
  }

  /** What {@code mvn test} leaves to {@code mvn verify}, by its tag. */
  @Test
  void testsThatNeedSparkSaySo() {
    noClasses()
        .that()
        .haveSimpleNameEndingWith("Test")
        .and()
        .doNotHaveFullyQualifiedName(ArchitectureTest.class.getName())
        .and(not(tagged("spark")))
        .should()
        .transitivelyDependOnClassesThat()
        .belongToAnyOf(SparkForTests.class)
        .check(TESTS);
    classes().that().haveSimpleNameEndingWith("IT").should(be(tagged("program"))).check(TESTS);
  }

  private static DescribedPredicate<JavaClass> tagged(String value) {
    return describe(
        "tagged " + value,
        type ->
            Arrays.stream(type.reflect().getAnnotationsByType(Tag.class))
                .anyMatch(tag -> tag.value().equals(value)));
  }
}
