// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who may use whom: the table of the design, as rules. */
@AnalyzeClasses(packages = "dev.tributary", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    private static final String JDK = "java..";
    private static final String JMX = "javax.management..";
    private static final String ANNOTATIONS = "org.jspecify..";
    private static final String LOGGING = "org.slf4j..";
    private static final String CONNECT = "org.apache.kafka..";
    private static final String DEBEZIUM = "io.debezium..";

    /** Every package by itself, so that a circle between two of them shows even inside {@code capture}. */
    private static final SliceAssignment PACKAGES = new SliceAssignment() {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    };

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
                    "javax.net",
                    "javax.sql",
                    "jdk.net",
                    "com.zaxxer.hikari.."))
            .because("catalog queries serve everyone; they know neither Connect nor Debezium");

    @ArchTest
    static final ArchRule PREFLIGHT = classes()
            .that(resideInAPackage("dev.tributary.preflight"))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.tributary.preflight",
                    "dev.tributary.postgres",
                    "dev.tributary.position",
                    "dev.tributary.config",
                    JDK,
                    ANNOTATIONS,
                    LOGGING,
                    "org.postgresql..",
                    "javax.net.ssl..",
                    "javax.security.auth.callback"))
            .because("a check must run from REST, a task and the command line alike");

    @ArchTest
    static final ArchRule REPLICATION = classes()
            .that(resideInAPackage("dev.tributary.replication"))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.tributary.replication",
                    "dev.tributary.position",
                    "dev.tributary.row",
                    JDK,
                    ANNOTATIONS,
                    LOGGING,
                    "org.postgresql.."))
            .because("the walsender's protocol is Postgres's alone: no Debezium, no Connect");

    @ArchTest
    static final ArchRule FAILURE = classes()
            .that(resideInAPackage("dev.tributary.failure"))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.tributary.failure",
                    "dev.tributary.config",
                    JDK,
                    ANNOTATIONS,
                    "org.apache.kafka.connect.errors",
                    "org.postgresql.."))
            .because(
                    "what a failure means is decided from exceptions and SQLSTATEs, not from how changes are captured");

    @ArchTest
    static final ArchRule JSON = classes()
            .that(resideInAPackage("dev.tributary.json"))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.tributary.json",
                    "dev.tributary.row",
                    "dev.tributary.version",
                    JDK,
                    ANNOTATIONS,
                    LOGGING,
                    CONNECT))
            .because("a converter serves any connector's records; of ours it knows the row alone");

    @ArchTest
    static final ArchRule AVRO = classes()
            .that(resideInAPackage("dev.tributary.avro.."))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "dev.tributary.avro..",
                    "dev.tributary.row",
                    "dev.tributary.version",
                    JDK,
                    "javax.net.ssl..",
                    "javax.security.auth.login..",
                    ANNOTATIONS,
                    LOGGING,
                    CONNECT,
                    "org.apache.avro..",
                    "com.fasterxml.jackson.."))
            .because("a converter serves any connector's records, and any registry serves it");

    @ArchTest
    static final ArchRule REGISTRY = noClasses()
            .that(resideInAPackage("dev.tributary.avro.registry"))
            .should()
            .dependOnClassesThat(resideInAnyPackage(CONNECT, "org.apache.avro.."))
            .because("the registry's API is HTTP and JSON; it knows neither Connect nor Avro");

    @ArchTest
    static final ArchRule DEBEZIUM_STAYS_BEHIND_CAPTURE = noClasses()
            .that(resideInAnyPackage("dev.tributary", "dev.tributary.position", "dev.tributary.metrics"))
            .should()
            .dependOnClassesThat(resideInAPackage(DEBEZIUM))
            .because("the wiring reads as a story in our own terms");

    /** Each package and the packages that it may use, those that these use included. */
    private static final Map<String, Set<String>> TABLE = closed(Map.ofEntries(
            entry(
                    "",
                    Set.of(
                            "json",
                            "avro",
                            "version",
                            "capture",
                            "failure",
                            "plan",
                            "preflight",
                            "guard",
                            "postgres",
                            "position",
                            "metrics",
                            "config")),
            entry("json", Set.of("row", "version")),
            entry("avro", Set.of("avro.registry", "row", "version")),
            entry("avro.registry", Set.of()),
            entry("version", Set.of()),
            entry(
                    "capture",
                    Set.of(
                            "capture.backfill",
                            "capture.snapshot",
                            "capture.stream",
                            "capture.metrics",
                            "failure",
                            "postgres",
                            "config")),
            entry("capture.backfill", Set.of("capture.snapshot")),
            entry("capture.snapshot", Set.of("capture.stream", "postgres", "metrics")),
            entry("capture.stream", Set.of("replication", "handover", "failure")),
            entry("capture.metrics", Set.of("metrics", "row")),
            entry("replication", Set.of("position", "row")),
            entry("handover", Set.of("record")),
            entry("failure", Set.of("config")),
            entry("record", Set.of("row", "position", "metrics")),
            entry("row", Set.of()),
            entry("plan", Set.of("capture", "preflight", "handover")),
            entry("preflight", Set.of("postgres", "position")),
            entry("guard", Set.of("postgres", "metrics", "config")),
            entry("postgres", Set.of("config")),
            entry("position", Set.of()),
            entry("metrics", Set.of()),
            entry("config", Set.of())));

    @ArchTest
    static final ArchRule NO_OTHER_ARROWS = layers();

    @ArchTest
    static final ArchRule NO_PACKAGE_WITHOUT_A_ROW = classes()
            .should()
            .resideInAnyPackage(
                    TABLE.keySet().stream().map(LayersTest::qualified).toArray(String[]::new))
            .because("a new package needs a row in the table of the design");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().assignedFrom(PACKAGES).should().beFreeOfCycles().because("arrows point down only");

    private static ArchRule layers() {
        LayeredArchitecture layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : TABLE.keySet()) {
            layers = layers.layer(title(name)).definedBy(qualified(name));
        }
        for (Map.Entry<String, Set<String>> row : TABLE.entrySet()) {
            String[] uses = row.getValue().stream().map(LayersTest::title).toArray(String[]::new);
            layers = uses.length == 0
                    ? layers.whereLayer(title(row.getKey())).mayNotAccessAnyLayer()
                    : layers.whereLayer(title(row.getKey())).mayOnlyAccessLayers(uses);
        }
        return layers.because("arrows point down only, along the table of the design");
    }

    private static Map<String, Set<String>> closed(Map<String, Set<String>> direct) {
        Map<String, Set<String>> closed = new TreeMap<>();
        direct.keySet().forEach(name -> {
            Set<String> reachable = new TreeSet<>();
            collect(direct, name, reachable);
            closed.put(name, reachable);
        });
        return closed;
    }

    private static void collect(Map<String, Set<String>> direct, String name, Set<String> reachable) {
        for (String used : Objects.requireNonNull(direct.get(name))) {
            if (reachable.add(used)) {
                collect(direct, used, reachable);
            }
        }
    }

    private static String qualified(String name) {
        return name.isEmpty() ? "dev.tributary" : "dev.tributary." + name;
    }

    private static String title(String name) {
        return name.isEmpty() ? "root" : name;
    }
}
