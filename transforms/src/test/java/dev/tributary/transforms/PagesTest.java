// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.connect.components.ConnectPlugin;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keeps the pages in {@code docs/transforms} in step with the code. The overview of a transform, its options and its
 * example are written into its page with {@code -Ddocs.write}; the rest of the page is written by hand.
 */
class PagesTest {

    private static final Path PAGES = Path.of("..", "docs", "transforms");

    @SuppressWarnings({"rawtypes", "unchecked"}) // Kafka's plugins are generic, a service cannot be
    static List<ConnectPlugin> plugins() {
        List<ConnectPlugin> plugins = new ArrayList<>();
        ServiceLoader.load(Transformation.class).forEach(plugins::add);
        ServiceLoader.load(Predicate.class).forEach(plugins::add);
        plugins.removeIf(plugin -> !plugin.getClass().getPackage().equals(PagesTest.class.getPackage()));
        plugins.sort(Comparator.comparing(plugin -> plugin.getClass().getSimpleName()));
        return plugins;
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void thePageMatchesTheCode(ConnectPlugin plugin) throws Exception {
        // Given
        Path file = PAGES.resolve(plugin.getClass().getSimpleName() + ".md");
        String page = Files.readString(file);

        // When
        String expected = inserted(page, "overview", overview(plugin));
        expected = inserted(expected, "options", options(plugin.config()));
        expected = inserted(expected, "example", example(plugin));

        // Then
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(file, expected);
        } else {
            assertThat(page)
                    .as(
                            "%s is stale; write it with: ./mvnw -pl transforms test -Dtest=PagesTest -Ddocs.write=true",
                            file)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void everyOptionIsExplained(ConnectPlugin plugin) {
        assertThat(plugin.config().configKeys().values()).allSatisfy(key -> {
            assertThat(key.documentation).as(key.name).isNotBlank().endsWith(".");
            assertThat(key.displayName).as(key.name).isNotEqualTo(key.name);
            assertThat(key.group).as(key.name).isNotBlank();
        });
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void everyPluginHasTheVersionOfTheBuild(ConnectPlugin plugin) {
        assertThat(plugin.version()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void theIndexPageNamesEveryPlugin() throws IOException {
        assertThat(PAGES.resolve("README.md"))
                .content()
                .contains(plugins().stream()
                        .map(plugin -> plugin.getClass().getSimpleName())
                        .map(name -> "[`" + name + "`](" + name + ".md)")
                        .toList());
        try (Stream<Path> files = Files.list(PAGES)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .containsExactlyInAnyOrderElementsOf(plugins().stream()
                            .map(plugin -> plugin.getClass().getSimpleName() + ".md")
                            .toList());
        }
    }

    private static String overview(ConnectPlugin plugin) throws ReflectiveOperationException {
        return "`" + plugin.getClass().getName() + "`\n\n"
                + plugin.getClass().getField("OVERVIEW_DOC").get(null) + "\n";
    }

    private static String options(ConfigDef definition) {
        return definition.configKeys().values().stream()
                .sorted(Comparator.comparingInt(key -> key.orderInGroup))
                .map(PagesTest::row)
                .collect(Collectors.joining(
                        "", "| option | type | default | valid | |\n| --- | --- | --- | --- | --- |\n", ""));
    }

    private static String row(ConfigKey key) {
        String defaultValue = key.hasDefault() && key.defaultValue != null ? shown(key.defaultValue) : "";
        String required = key.hasDefault() ? "" : "required";
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        key.name,
                        key.type.name().toLowerCase(Locale.ROOT),
                        defaultValue.isEmpty() ? required : "`" + defaultValue + "`",
                        key.validator == null ? "" : escaped(key.validator.toString()),
                        escaped(key.documentation));
    }

    private static String shown(Object defaultValue) {
        return defaultValue instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                : defaultValue.toString();
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
    }

    @SuppressWarnings("unchecked")
    private static String example(ConnectPlugin plugin) {
        if (!(plugin instanceof Transformation<?> transform)) {
            return "";
        }
        Example example = Objects.requireNonNull(
                Examples.all().get(plugin.getClass()), () -> plugin.getClass() + " has no example");
        return example.write((Transformation<SourceRecord>) transform);
    }

    private static String inserted(String page, String part, String text) {
        String begin = "<!-- " + part + ": written by PagesTest -->\n";
        String end = "<!-- " + part + ": end -->";
        if (text.isEmpty()) {
            return page;
        }
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        assertThat(from).as("the page has no line %s", begin).isNotNegative();
        assertThat(to).as("the page has no line %s after that", end).isGreaterThan(from);
        return page.substring(0, from + begin.length()) + "\n" + text + "\n" + page.substring(to);
    }
}
