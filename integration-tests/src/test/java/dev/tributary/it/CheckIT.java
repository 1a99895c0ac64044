// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.sandbox.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./tributary check} as a process of its own: it refuses what REST refuses, and accepts what REST accepts. */
class CheckIT {

    private static final String PACKAGE = "dev.tributary.transforms.";

    private final Servers servers = Servers.shared();
    private TestDatabase database;

    @TempDir
    Path directory;

    @BeforeEach
    void aTable() throws SQLException {
        database = servers.database();
        database.execute("CREATE TABLE customers (id int PRIMARY KEY, email text)");
    }

    @Test
    void whatRestAcceptsCanStart() throws Exception {
        // Given
        TestConnector connector = connector();

        // When
        Checked checked = check(connector.config());

        // Then
        assertThat(restErrors(connector)).isEmpty();
        assertThat(checked.output()).endsWith("The connector can start\n").doesNotContain("error  ");
        assertThat(checked.code()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "transforms.mask.hash.key | short",
                "transforms.mask.hash.key | ${vault:mask:hash.key}",
                "transforms.mask.rules | *.customers.email",
                "transforms.mask.type | dev.tributary.transforms.MaskField",
                "transforms.mask.negate | perhaps",
                "predicates.rows.operations | x",
                "predicates.rows.type | dev.tributary.transforms.MaskFields",
                "transforms | mask,mask",
                "transforms | mask,other",
                "value.converter | dev.tributary.transforms.MaskFields",
                "value.converter.schemas.enable | perhaps",
                "driver.sslpassword | ${vault:shop:key}",
                "errors.tolerance | some",
                "exactly.once.support | perhaps",
                "tasks.max | none",
                "snapshot.mode | sometimes",
                "table.include.list | public.customer",
                "database.dbname | nowhere"
            })
    void whatRestRefusesCannotStartForTheSameReasons(String option, String value) throws Exception {
        // Given
        TestConnector connector = connector().with(option, value);

        // When
        Checked checked = check(connector.config());

        // Then
        List<String> refused = restErrors(connector);
        assertThat(refused).isNotEmpty();
        assertThat(checked.output()).contains(refused).endsWith("the connector cannot start\n");
        assertThat(checked.code()).isEqualTo(1);
    }

    @Test
    void whatOtherPluginsDoIsNotChecked() throws Exception {
        // Given
        TestConnector connector = connector()
                .with("value.converter", "org.example.AvroConverter")
                .with("value.converter.url", "x")
                .with("transforms", "mask,other")
                .with("transforms.other.type", "org.example.Other")
                .with("transforms.other.level", "x")
                .with("predicates", "rows,others")
                .with("predicates.others.type", "org.example.Others")
                .with("transforms.mask.predicate", "others")
                .with("transforms.mask.negate", "true");

        // When
        Checked checked = check(connector.config());

        // Then
        assertThat(checked.output())
                .contains("warning  value.converter: org.example.AvroConverter is neither Kafka's nor in this plugin")
                .contains("warning  transforms.other.type: org.example.Other is neither Kafka's nor in this plugin")
                .endsWith("The connector can start\n");
        assertThat(checked.code()).isZero();
    }

    @Test
    void aConfigurationOfDebeziumGetsTheDefaultsThatChange() throws Exception {
        // Given
        Map<String, String> config = new HashMap<>(connector().config());
        config.put("connector.class", TestConnector.DEBEZIUM);
        config.put("plugin.name", "pgoutput");

        // When
        Checked checked = check(config);

        // Then
        assertThat(checked.output())
                .contains(
                        "note     connector.class: is Debezium's",
                        "note     event.converting.failure.handling.mode: is not set, so it changes from warn (Debezium's"
                                + " default) to fail",
                        "note     snapshot.max.threads: is not set, so it changes from 1",
                        "note     lsn.flush.mode: is not set, so WAL that holds nothing to send is acknowledged")
                .doesNotContain("plugin.name")
                .endsWith("The connector can start\n");
        assertThat(checked.code()).isZero();
        assertThat(check(connector().config()).output()).doesNotContain("is not set, so it changes");
    }

    @Test
    void aProducerWithKafkasDefaultsIsAWarning() throws Exception {
        // Given
        Map<String, String> config = new HashMap<>(connector().config());

        // When
        Checked checked = check(config);
        config.put("producer.override.batch.size", "524288");

        // Then
        assertThat(checked.output())
                .contains("warning  producer.override.batch.size: It is not set")
                .contains("\"producer.override.batch.size\": \"524288\"")
                .endsWith("The connector can start\n");
        assertThat(checked.code()).isZero();
        assertThat(check(config).output()).doesNotContain("producer.");
    }

    @Test
    void referencesToFilesAndDirectoriesAreResolved() throws Exception {
        // Given
        Path file = Files.writeString(directory.resolve("mask.properties"), "key=" + Secrets.newFor("a key in a file"));
        Files.writeString(directory.resolve("key"), Secrets.newFor("a key in a directory"));

        // Then
        for (String reference : List.of("${file:" + file + ":key}", "${dir:" + directory + ":key}")) {
            assertThat(check(connector()
                                    .with("transforms.mask.hash.key", reference)
                                    .config())
                            .output())
                    .endsWith("The connector can start\n");
        }
        assertThat(check(connector()
                                .with("transforms.mask.hash.key", "${file:" + file + ":other}")
                                .config())
                        .output())
                .contains("hash.key: unresolved placeholder ${file:")
                .endsWith("the connector cannot start\n");
    }

    @Test
    void aMissingOrAnotherConnectorIsAnError() throws Exception {
        // Given
        Map<String, String> config = new HashMap<>(connector().config());
        config.remove("connector.class");

        // Then
        assertThat(check(config).output())
                .contains("error    connector.class: is missing. Fix: set it to dev.tributary.PostgresSourceConnector");
    }

    /** A connector with a converter, a transform and a predicate. */
    private TestConnector connector() {
        return new TestConnector(servers.rest(), database)
                .tables("public.customers")
                .with("transforms", "mask")
                .with("transforms.mask.type", PACKAGE + "MaskFields")
                .with("transforms.mask.rules", "*.customers.email=hash")
                .with("transforms.mask.hash.key", Secrets.newFor("transforms.mask.hash.key"))
                .with("transforms.mask.predicate", "rows")
                .with("predicates", "rows")
                .with("predicates.rows.type", PACKAGE + "IsOperation")
                .with("predicates.rows.operations", "c,u,d,r");
    }

    /** What REST reports, without what Connect adds to options that have no definition. */
    private List<String> restErrors(TestConnector connector) {
        List<String> errors = new ArrayList<>();
        JsonNode answer = servers.rest().validate(TestConnector.OURS, connector.config());
        for (JsonNode option : answer.path("configs")) {
            option.path("value").path("errors").forEach(error -> errors.add(error.asText()));
        }
        errors.removeIf(error -> error.startsWith("Configuration is not defined: "));
        return errors;
    }

    private record Checked(int code, String output) {}

    private Checked check(Map<String, String> config) throws IOException, InterruptedException {
        Path file = directory.resolve("config.json");
        new ObjectMapper().writeValue(file.toFile(), config);
        Distribution distribution = servers.sandbox().distribution();
        Path output = directory.resolve("output");
        int code = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dtributary.home=" + distribution.root(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "dev.tributary.sandbox.Main",
                        "check",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        return new Checked(code, Files.readString(output, UTF_8));
    }
}
