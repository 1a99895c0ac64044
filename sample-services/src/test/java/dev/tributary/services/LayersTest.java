// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The point of the example: the services know only topics, and not each other. */
@AnalyzeClasses(packages = "dev.tributary", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    @ArchTest
    static final ArchRule APART = slices().matching("dev.tributary.services.(*)..")
            .should()
            .notDependOnEachOther()
            .because("each could belong to another team and repository");

    @ArchTest
    static final ArchRule BELOW = noClasses()
            .that()
            .resideInAPackage("dev.tributary.services")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.tributary.services.*..")
            .because("shared code knows neither of the services");

    @ArchTest
    static final ArchRule TOPICS_ONLY = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.debezium..", "org.postgresql..", "java.sql..", "org.apache.kafka.connect..")
            .because("a reader of a topic need not know its writer");
}
