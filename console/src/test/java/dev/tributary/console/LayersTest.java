// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.tributary.console", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {

    @ArchTest
    static final ArchRule DEPENDENCIES = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.management..",
                    "javax.net.ssl..",
                    "jakarta.ws.rs..",
                    "org.apache.kafka..",
                    "com.fasterxml.jackson..",
                    "io.prometheus..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "dev.tributary.console..")
            .because("the console knows the connector through MBeans only, and has of the worker what each has");

    @ArchTest
    static final ArchRule EXTENSION = noClasses()
            .that()
            .haveSimpleName("ConsoleExtension")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta..")
            .because("a worker before Connect 4.0 has no such classes, and must be able to load it");

    @ArchTest
    static final ArchRule WORKER = noClasses()
            .that()
            .resideInAPackage("..worker..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..cluster..", "..rest..")
            .because("arrows point down: rest asks cluster, which asks worker");

    @ArchTest
    static final ArchRule CLUSTER = noClasses()
            .that()
            .resideInAPackage("..cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..rest..")
            .because("arrows point down: rest asks cluster, which asks worker");
}
