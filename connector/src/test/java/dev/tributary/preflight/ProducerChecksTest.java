// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.preflight.Finding.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProducerChecksTest {

    private static final Path ROOT = Path.of("..");

    private static List<Finding> of(String... optionsAndValues) {
        Map<String, String> config = new HashMap<>(Map.of(
                "name", "shop",
                "database.hostname", "localhost",
                "database.user", "app",
                "database.dbname", "shop",
                "topic.prefix", "shop"));
        for (int i = 0; i < optionsAndValues.length; i += 2) {
            config.put(optionsAndValues[i], optionsAndValues[i + 1]);
        }
        return ProducerChecks.of(ConnectorConfig.of(config));
    }

    @Test
    void aProducerWithoutABatchSizeIsAWarningWithTheLinesToAdd() {
        assertThat(of()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.option()).isEqualTo("producer.override.batch.size");
            assertThat(finding.message())
                    .contains("\"producer.override.batch.size\": \"524288\", ")
                    .contains("producer.batch.size=524288, ")
                    .contains("connector.client.config.override.policy");
        });
    }

    @Test
    void aChosenSizeIsNoWarning() {
        assertThat(of("producer.override.batch.size", "16384")).isEmpty();
    }

    @Test
    void anEngineWithoutAProducerIsNotWarned() {
        assertThat(of("name", "")).isEmpty();
    }

    /** One configuration for all: what is recommended is what people see, and what is measured. */
    @Test
    void theSettingsAreThoseOfEveryConfigurationThatPeopleCopy() throws Exception {
        String recommended = of().get(0).fix().text();
        Matcher setting =
                Pattern.compile("\"producer\\.override\\.[a-z.]+\": \"[^\"]+\"").matcher(recommended);
        List<String> lines = setting.results().map(found -> found.group()).toList();
        assertThat(lines).hasSize(3);
        for (String file : List.of(
                "README.md",
                "docker/shop.json",
                "docker/shop-avro.json",
                "plugin/src/main/package/etc/postgres-source.json",
                "sandbox/src/main/resources/dev/tributary/sandbox/demo/connector.json")) {
            assertThat(Files.readString(ROOT.resolve(file))).as(file).contains(lines);
        }
        String measured =
                Files.readString(ROOT.resolve("sandbox/src/main/java/dev/tributary/sandbox/ProducerSettings.java"));
        for (String line : lines) {
            assertThat(measured).contains(line.replace("\": \"", "\", \""));
        }
    }
}
