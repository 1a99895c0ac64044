// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use whom: the table of the design, as rules. */
@AnalyzeClasses(packages = "dev.tributary", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    private static final String JDK = "java..";
    private static final String JMX = "javax.management..";
    private static final String ANNOTATIONS = "org.jspecify..";
    private static final String LOGGING = "org.slf4j..";
    private static final String CONNECT = "org.apache.kafka..";
    private static final String DEBEZIUM = "io.debezium..";

    @ArchTest
    static final ArchRule METRICS = classes()
            .that(resideInAPackage("dev.tributary.metrics"))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("dev.tributary.metrics", JDK, JMX, ANNOTATIONS))
            .because("counters and MBeans are plain Java, so that they cost and know nothing");

    @ArchTest
    static final ArchRule POSITION = classes()
            .that(resideInAPackage("dev.tributary.position"))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("dev.tributary.position", JDK, ANNOTATIONS, CONNECT))
            .because("a position is a value that outlives every framework; it must be testable without one");

    @ArchTest
    static final ArchRule CONFIG = classes()
            .that(resideInAPackage("dev.tributary.config"))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.tributary.config",
                    JDK,
                    ANNOTATIONS,
                    "org.apache.kafka.common.config..",
                    "io.debezium.config..",
                    "io.debezium.connector.postgresql",
                    "io.debezium.heartbeat..",
                    "io.debezium.pipeline.signal.channels..",
                    "io.debezium.relational..",
                    "io.debezium.schema.."))
            .because("options lie on top of Debezium's, and nothing of ours lies beneath them");

    @ArchTest
    static final ArchRule POSTGRES = classes()
            .that(resideInAPackage("dev.tributary.postgres"))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.tributary.postgres",
                    "dev.tributary.config",
                    JDK,
                    ANNOTATIONS,
                    LOGGING,
                    "org.postgresql..",
                    "com.zaxxer.hikari.."))
            .because("catalog queries serve everyone; they know neither Connect nor Debezium");

    @ArchTest
    static final ArchRule PREFLIGHT = classes()
            .that(resideInAPackage("dev.tributary.preflight"))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.tributary.preflight",
                    "dev.tributary.postgres",
                    "dev.tributary.config",
                    JDK,
                    ANNOTATIONS,
                    LOGGING,
                    "org.postgresql..",
                    "javax.net.ssl.."))
            .because("a check must run from REST, a task and the command line alike");

    @ArchTest
    static final ArchRule CAPTURE = noClasses()
            .that(resideInAPackage("dev.tributary.capture.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.tributary", "dev.tributary.preflight.."))
            .because("capturing does not know who runs it, nor what was checked before");

    @ArchTest
    static final ArchRule DEBEZIUM_STAYS_BEHIND_CAPTURE = noClasses()
            .that(resideInAnyPackage("dev.tributary", "dev.tributary.position", "dev.tributary.metrics"))
            .should()
            .dependOnClassesThat(resideInAPackage(DEBEZIUM))
            .because("the wiring reads as a story in our own terms");

    @ArchTest
    static final ArchRule ROW = noClasses()
            .that(resideInAPackage("dev.tributary.row"))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "dev.tributary",
                    "dev.tributary.capture..",
                    "dev.tributary.position",
                    "dev.tributary.config",
                    "dev.tributary.postgres",
                    "dev.tributary.preflight"))
            .because("a row is the same wherever it comes from and whatever becomes of it");

    @ArchTest
    static final ArchRule JSON = classes()
            .that(resideInAPackage("dev.tributary.json"))
            .and()
            .haveSimpleNameNotEndingWith("Test")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.tributary.json", "dev.tributary.row", JDK, ANNOTATIONS, LOGGING, "org.apache.kafka.."))
            .because("a converter serves any connector's records; of ours it knows the row alone");

    @ArchTest
    static final ArchRule STREAM = noClasses()
            .that(resideInAPackage("dev.tributary.capture.stream"))
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.tributary.capture", "dev.tributary.postgres"))
            .because("the stream is a part of the assembly and must not know it");

    @ArchTest
    static final ArchRule SNAPSHOT = noClasses()
            .that(resideInAPackage("dev.tributary.capture.snapshot"))
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.tributary.capture", "dev.tributary.capture.stream"))
            .because("a snapshot is a part of the assembly, and shares with the stream only what lies below both");

    @ArchTest
    static final ArchRule RECORD = noClasses()
            .that(resideInAPackage("dev.tributary.record"))
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    "dev.tributary",
                    "dev.tributary.capture..",
                    "dev.tributary.position",
                    "dev.tributary.config",
                    "dev.tributary.postgres",
                    "dev.tributary.preflight"))
            .because("what surrounds a row is the same for streams and snapshots");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.tributary.(*)..").should().beFreeOfCycles().because("arrows point down only");
}
