// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.tributary.transforms.event.Envelope;
import dev.tributary.transforms.event.Schemas;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** Which package may use which: the rules of the design. */
@AnalyzeClasses(packages = "dev.tributary.transforms", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    private static final String ROOT = "dev.tributary.transforms";
    private static final String EVENT = "dev.tributary.transforms.event..";
    private static final String OPTIONS = "dev.tributary.transforms.options..";
    private static final String GLOB = "dev.tributary.transforms.glob..";

    private static final String JDK = "java..";
    private static final String JSON = "com.fasterxml.jackson..";

    /** What every worker provides, limited to its public API. */
    private static final String[] WORKER = {
        JDK,
        "org.jspecify..",
        "org.slf4j..",
        "org.apache.kafka.common",
        "org.apache.kafka.common.config..",
        "org.apache.kafka.connect.components",
        "org.apache.kafka.connect.connector",
        "org.apache.kafka.connect.data",
        "org.apache.kafka.connect.errors",
        "org.apache.kafka.connect.header",
        "org.apache.kafka.connect.sink",
        "org.apache.kafka.connect.source",
        "org.apache.kafka.connect.transforms",
        "org.apache.kafka.connect.transforms.predicates",
    };

    /** Packages that need a library, which no other package may use. */
    private static final String[] WITH_JSON = {
        "dev.tributary.transforms.outbox..", "dev.tributary.transforms.mask..", "dev.tributary.transforms.json.."
    };

    private static final String WITH_EXPRESSIONS = "dev.tributary.transforms.filter..";

    @ArchTest
    static final ArchRule OUTSIDE = classes()
            .that()
            .resideOutsideOfPackages(plus(WITH_JSON, WITH_EXPRESSIONS))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(plus(WORKER, "dev.tributary.transforms.."))
            .because("a transform runs in any connector's chain: a class that the worker does not provide would have to"
                    + " be in the zip");

    @ArchTest
    static final ArchRule JSON_STAYS_WHERE_IT_IS_READ = classes()
            .that()
            .resideInAnyPackage(WITH_JSON)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(plus(WORKER, "dev.tributary.transforms..", JSON, "javax.crypto.."))
            .allowEmptyShould(true)
            .because("only JSON inside columns needs a parser");

    @ArchTest
    static final ArchRule EXPRESSIONS_STAY_WHERE_THEY_ARE_EVALUATED = classes()
            .that()
            .resideInAPackage(WITH_EXPRESSIONS)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    plus(WORKER, EVENT, WITH_EXPRESSIONS, "dev.cel..", "com.google.re2j..", "com.google.common.."))
            .because("the library moves its packages from version to version");

    @ArchTest
    static final ArchRule EVENTS = classes()
            .that(resideInAPackage(EVENT))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(plus(WORKER, EVENT))
            .because("the content of a record is the same for every transform that reads it");

    @ArchTest
    static final ArchRule OPTIONS_OF_ANY_TRANSFORM = classes()
            .that(resideInAPackage(OPTIONS))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(plus(WORKER, OPTIONS))
            .because("options are defined, checked and read in the same way in every transform");

    @ArchTest
    static final ArchRule GLOBS = classes()
            .that(resideInAPackage(GLOB))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(GLOB, JDK, "org.jspecify..")
            .because("names are matched without knowing what they name");

    @ArchTest
    static final ArchRule TRANSFORMS_ARE_ON_TOP = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT)
            .because("a transform is composed of its parts, and no part knows which transform uses it");

    @ArchTest
    static final ArchRule NULLS_ARE_NULLS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Schemas.class.getName())
            .and()
            .doNotHaveFullyQualifiedName(Envelope.class.getName())
            .should()
            .callMethod(Struct.class, "get", Field.class)
            .orShould()
            .callMethod(Struct.class, "get", String.class)
            .because("these read a null of a column as its default");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("dev.tributary.transforms.(*)..")
            .should()
            .beFreeOfCycles()
            .because("arrows point down only");

    private static String[] plus(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }
}
