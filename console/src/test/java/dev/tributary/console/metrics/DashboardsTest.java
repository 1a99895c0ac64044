// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in docs/dashboards use metrics that exist, and Prometheus's own tool accepts them. */
class DashboardsTest {

    private static final Path DIRECTORY = Path.of("..", "docs", "dashboards");
    private static final Pattern NAME = Pattern.compile("\\btributary_[a-z0-9_]+");
    private static final Pattern SELECTOR = Pattern.compile("\\b(tributary_[a-z0-9_]+)\\{([^}]*)}");
    private static final Pattern LABEL = Pattern.compile("([a-z]+)\\s*(?:=|!)");

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yaml", "alerts-test.yaml", "jmx-exporter.yaml", "tributary.json"})
    void everyMetricThatAFileNamesIsExposed(String file) throws IOException {
        // Given
        String text = Files.readString(DIRECTORY.resolve(file));

        // When
        Set<String> named =
                NAME.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(HashSet::new));

        // Then
        assertThat(named).isNotEmpty().isSubsetOf(series().keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yaml", "alerts-test.yaml", "tributary.json"})
    void everyLabelThatAFileSelectsByIsOneOfTheMetric(String file) throws IOException {
        // Given
        Matcher selectors = SELECTOR.matcher(Files.readString(DIRECTORY.resolve(file)));

        // When
        List<String> unknown = new ArrayList<>();
        int found = 0;
        while (selectors.find()) {
            found++;
            Matcher labels = LABEL.matcher(selectors.group(2));
            while (labels.find()) {
                if (!series().getOrDefault(selectors.group(1), List.of()).contains(labels.group(1))) {
                    unknown.add(selectors.group(1) + "{" + labels.group(1) + "}");
                }
            }
        }

        // Then
        assertThat(found).isPositive();
        assertThat(unknown).isEmpty();
    }

    @Test
    void prometheusAcceptsTheRulesAndEachFiresWhenItShould() throws Exception {
        assertThat(promtool("check", "rules", "alerts.yaml")).contains("SUCCESS");
        assertThat(promtool("test", "rules", "alerts-test.yaml")).contains("SUCCESS");
    }

    @Test
    void everyRuleIsTestedAndSaysWhatToDo() throws IOException {
        // Given
        String rules = Files.readString(DIRECTORY.resolve("alerts.yaml"));
        String tests = Files.readString(DIRECTORY.resolve("alerts-test.yaml"));

        // When
        List<String> alerts = Pattern.compile("- alert: (\\w+)")
                .matcher(rules)
                .results()
                .map(match -> match.group(1))
                .toList();

        // Then
        assertThat(alerts)
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(tests)
                        .contains("alertname: " + alert + ",")
                        .contains("alertname=\"" + alert + "\""));
        assertThat(rules.split("Runbook:", -1)).hasSize(alerts.size() + 1);
    }

    @Test
    void theDashboardCanBeImported() throws IOException {
        // When
        JsonNode dashboard =
                new ObjectMapper().readTree(DIRECTORY.resolve("tributary.json").toFile());

        // Then
        assertThat(dashboard.path("id").isNull()).isTrue();
        assertThat(dashboard.path("uid").asText()).isNotEmpty();
        assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
        assertThat(dashboard.path("templating").path("list"))
                .anySatisfy(
                        variable -> assertThat(variable.path("type").asText()).isEqualTo("datasource"));
        List<JsonNode> panels = new ArrayList<>();
        dashboard.path("panels").forEach(panels::add);
        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels)
                .filteredOn(panel -> !panel.path("type").asText().equals("row"))
                .isNotEmpty()
                .allSatisfy(
                        panel -> assertThat(panel.path("datasource").path("uid").asText())
                                .isEqualTo("${datasource}"))
                .allSatisfy(panel -> assertThat(panel.path("targets")).isNotEmpty());
    }

    /** The names that a query can use, with the labels. */
    private static Map<String, List<String>> series() {
        Map<String, List<String>> series = new TreeMap<>();
        for (Family family : Family.values()) {
            series.put(family.seriesName(), family.labels());
            if (family.type() == Family.Type.HISTOGRAM) {
                Stream.of("_bucket", "_sum", "_count")
                        .forEach(part -> series.put(family.seriesName() + part, family.labels()));
            }
        }
        return series;
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(find("promtool").toString()));
        command.addAll(Arrays.asList(arguments));
        Process tool = new ProcessBuilder(command)
                .directory(DIRECTORY.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(tool.getInputStream().readAllBytes(), UTF_8);
        assertThat(tool.waitFor()).as(output).isZero();
        return output;
    }

    private static Path find(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("This test needs Prometheus's " + program
                        + ", which is not installed. Install it, on Debian: apt-get install prometheus; on macOS:"
                        + " brew install prometheus."));
    }
}
