// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.debezium.config.CommonConnectorConfig;
import io.debezium.config.Field;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private final ConfigDef definition = Options.definition();

    @Test
    void theShortestRetentionIsThatOfTheTopicsThatDelete() {
        assertThat(retention(Map.of())).isEqualTo(Duration.ofDays(7));
        assertThat(retention(Map.of("topic.creation.default.retention.ms", "60000")))
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(retention(Map.of(
                        "topic.creation.groups", "state, log",
                        "topic.creation.state.cleanup.policy", "compact",
                        "topic.creation.state.retention.ms", "1",
                        "topic.creation.log.retention.ms", "86400000")))
                .isEqualTo(Duration.ofDays(1));
        assertThat(retention(Map.of("topic.creation.default.cleanup.policy", "compact")))
                .isGreaterThan(Duration.ofDays(10_000));
        assertThat(retention(Map.of("topic.creation.default.retention.ms", "-1")))
                .isGreaterThan(Duration.ofDays(10_000));
    }

    private static Duration retention(Map<String, String> options) {
        return ConnectorConfig.of(options).shortestRetention();
    }

    @Test
    void defaultsDifferFromDebeziumsOnlyWhereIntended() {
        // Given
        Map<String, Object> different = new HashMap<>();

        // When
        for (Field field : DebeziumFields.all()) {
            Object ours = key(field.name()).defaultValue;
            String theirs = Objects.toString(field.defaultValue(), null);
            if (!Objects.equals(normal(ours), theirs)) {
                different.put(field.name(), ours);
            }
        }

        // Then
        assertThat(different)
                .containsOnly(
                        entry("plugin.name", "pgoutput"),
                        entry("publication.autocreate.mode", "filtered"),
                        entry("event.converting.failure.handling.mode", "fail"),
                        entry("extended.headers.enabled", false),
                        entry("snapshot.max.threads", 4),
                        entry("statistics.metrics.enabled", false));
    }

    @Test
    void ourOwnDefaultsArePinned() {
        assertThat(key(OptionNames.RECORD_TIMESTAMP).defaultValue).isEqualTo("commit");
        assertThat(key(OptionNames.NEW_TABLES).defaultValue).isEqualTo("backfill");
        assertThat(key(OptionNames.TABLES_MISSING).defaultValue).isEqualTo("fail");
        assertThat(key(OptionNames.TABLES_WITHOUT_IDENTITY).defaultValue).isEqualTo("refuse");
        assertThat(key(OptionNames.CAPTURE_PATH).defaultValue).isEqualTo("tributary");
    }

    @Test
    void anOptionThatIsNotSetHasTheDefaultOfTheDefinition() {
        // When
        ConnectorConfig config = ConnectorConfig.of(Map.of());

        // Then
        assertThat(config.recordTimestamp()).hasToString(defaultOf(OptionNames.RECORD_TIMESTAMP));
        assertThat(config.newTables()).hasToString(defaultOf(OptionNames.NEW_TABLES));
        assertThat(config.tablesWithoutIdentity()).hasToString(defaultOf(OptionNames.TABLES_WITHOUT_IDENTITY));
        assertThat(config.capturePath()).hasToString(defaultOf(OptionNames.CAPTURE_PATH));
    }

    @Test
    void valuesOfOursAreReadInAnyCase() {
        // When
        ConnectorConfig config = ConnectorConfig.of(
                Map.of("record.timestamp", "None", "new.tables", "stream", "capture.path", "DEBEZIUM"));

        // Then
        assertThat(config.recordTimestamp()).isEqualTo(RecordTimestamp.NONE);
        assertThat(config.newTables()).isEqualTo(NewTables.STREAM);
        assertThat(config.capturePath()).isEqualTo(CapturePath.DEBEZIUM);
        assertThat(config.properties()).doesNotContainKey("snapshot.max.threads");
    }

    @Test
    void everyOptionThatDebeziumReadsIsThere() throws IllegalAccessException {
        // Given
        Set<String> ofOtherDatabases =
                Set.of("database.include.list", "database.exclude.list", "include.schema.changes");
        Set<String> ofConnect = Set.of("tasks.max");

        // When
        Set<String> names = new LinkedHashSet<>();
        for (Class<?> type = PostgresConnectorConfig.class; type != Object.class; type = type.getSuperclass()) {
            for (java.lang.reflect.Field constant : type.getDeclaredFields()) {
                if (Modifier.isStatic(constant.getModifiers()) && constant.getType() == Field.class) {
                    constant.setAccessible(true);
                    names.add(((Field) Objects.requireNonNull(constant.get(null))).name());
                }
            }
        }
        names.removeIf(name -> name.startsWith("internal.")
                || name.contains("(")
                || ofOtherDatabases.contains(name)
                || ofConnect.contains(name));

        // Then
        assertThat(names).hasSizeGreaterThan(100);
        assertThat(definition.names()).containsAll(names).doesNotContainAnyElementsOf(ofOtherDatabases);
    }

    @Test
    void everyOptionHasGroupOrderWidthAndDescription() {
        assertThat(definition.configKeys().values()).allSatisfy(key -> {
            assertThat(key.group).isNotBlank();
            assertThat(key.orderInGroup).isPositive();
            assertThat(key.width).isNotEqualTo(ConfigDef.Width.NONE);
            assertThat(key.documentation).isNotBlank();
            assertThat(key.displayName).isNotBlank();
        });
    }

    @Test
    void everyDescriptionBelongsToAnOption() {
        assertThat(definition.names()).containsAll(Descriptions.options());
    }

    @Test
    void anOptionWithFewValuesRecommendsThem() {
        assertThat(recommended("snapshot.mode")).contains("initial", "no_data", "when_needed");
        assertThat(recommended("tombstones.on.delete")).containsExactly(true, false);
        assertThat(recommended(OptionNames.RECORD_TIMESTAMP)).containsExactly("commit", "none");
    }

    @Test
    void changingACopyLeavesTheDefinitionAsItIs() {
        // When
        Options.definition().define("mine", ConfigDef.Type.STRING, ConfigDef.Importance.LOW, "");

        // Then
        assertThat(Options.definition().names()).doesNotContain("mine");
    }

    @Test
    void debeziumReadsOurDefaultsAsTheDefinitionStatesThem() {
        // When
        ConnectorConfig config = ConnectorConfig.of(Map.of("topic.prefix", "t"));

        // Then
        PostgresConnectorConfig debezium =
                new PostgresConnectorConfig(io.debezium.config.Configuration.from(config.properties()));
        assertThat(debezium.plugin()).isEqualTo(PostgresConnectorConfig.LogicalDecoder.PGOUTPUT);
        assertThat(debezium.getEventConvertingFailureHandlingMode())
                .isEqualTo(CommonConnectorConfig.EventConvertingFailureHandlingMode.FAIL);
        assertThat(config.publicationAutocreateMode()).isEqualTo("filtered");
    }

    private Iterable<Object> recommended(String option) {
        return key(option).recommender.validValues(option, Map.of());
    }

    private String defaultOf(String option) {
        return Objects.toString(key(option).defaultValue).toUpperCase(Locale.ROOT);
    }

    private ConfigKey key(String option) {
        return Objects.requireNonNull(definition.configKeys().get(option), option);
    }

    /** A list as an option writes it, anything else as text. */
    private static @Nullable String normal(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return String.join(",", list.stream().map(Object::toString).toList());
        }
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        return Objects.toString(value, null);
    }
}
