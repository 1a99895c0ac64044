// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the example is about: services that know topics, and nothing else of each other. */
@AnalyzeClasses(packages = "dev.tributary", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    @ArchTest
    static final ArchRule APART = slices().matching("dev.tributary.services.(*)..")
            .should()
            .notDependOnEachOther()
            .because("each could be in another repository, of another team");

    @ArchTest
    static final ArchRule BELOW = noClasses()
            .that()
            .resideInAPackage("dev.tributary.services")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tributary.services.*..")
            .because("what both are made of knows neither");

    @ArchTest
    static final ArchRule TOPICS_ONLY = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.debezium..", "org.postgresql..", "java.sql..", "org.apache.kafka.connect..")
            .because("whoever reads a topic need not know what wrote it");
}
