// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import io.debezium.config.CommonConnectorConfig;
import io.debezium.config.Field;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.pipeline.signal.channels.FileSignalChannel;
import io.debezium.pipeline.signal.channels.KafkaSignalChannel;
import io.debezium.relational.RelationalDatabaseConnectorConfig;
import io.debezium.schema.AbstractTopicNamingStrategy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Every option that Debezium's Postgres connector reads: those in its published definition, and those that it reads
 * without publishing them. A few are families whose names follow a pattern, such as
 * {@code column.truncate.to.<n>.chars}; a {@code ConfigDef} cannot hold those, so {@link #families()} lists them.
 */
final class DebeziumFields {

    private static final List<Field> UNPUBLISHED = List.of(
            PostgresConnectorConfig.OFFSET_SLOT_MISMATCH_STRATEGY,
            PostgresConnectorConfig.MONEY_FRACTION_DIGITS,
            PostgresConnectorConfig.READ_ONLY_CONNECTION,
            CommonConnectorConfig.POLL_DISPATCH_INTERVAL_MS,
            CommonConnectorConfig.QUEUE_PROVIDER_TYPE,
            AbstractTopicNamingStrategy.TOPIC_DELIMITER,
            AbstractTopicNamingStrategy.TOPIC_CACHE_SIZE,
            AbstractTopicNamingStrategy.TOPIC_HEARTBEAT_PREFIX,
            AbstractTopicNamingStrategy.TOPIC_HEARTBEAT_NAME,
            AbstractTopicNamingStrategy.TOPIC_TRANSACTION);

    /**
     * Options that Debezium publishes for Postgres as well, although only its connectors for several databases can use
     * them.
     */
    private static final Set<String> OTHER_DATABASES = Set.of(
            RelationalDatabaseConnectorConfig.DATABASE_INCLUDE_LIST.name(),
            RelationalDatabaseConnectorConfig.DATABASE_EXCLUDE_LIST.name());

    /**
     * Options of the signal channels. They are required only when a channel is in use, which the channel itself checks.
     */
    private static final List<Field> SIGNAL_CHANNEL_FIELDS = List.of(
            KafkaSignalChannel.SIGNAL_TOPIC,
            KafkaSignalChannel.BOOTSTRAP_SERVERS,
            KafkaSignalChannel.SIGNAL_POLL_TIMEOUT_MS,
            KafkaSignalChannel.GROUP_ID,
            FileSignalChannel.SIGNAL_FILE);

    /**
     * A family of options.
     *
     * @param notation how documentation writes it
     * @param pattern the pattern that its names match
     * @param foreign whether its options are those of a driver or a client, which may be secrets
     */
    record Family(String notation, Pattern pattern, boolean foreign) {
        static Family of(String notation, String pattern) {
            return new Family(notation, Pattern.compile(pattern), false);
        }

        static Family foreign(String notation, String pattern) {
            return new Family(notation, Pattern.compile(pattern), true);
        }
    }

    private static final List<Family> FAMILIES = List.of(
            Family.of("column.truncate.to.<n>.chars", "column\\.truncate\\.to\\.\\d+\\.chars"),
            Family.of("column.mask.with.<n>.chars", "column\\.mask\\.with\\.\\d+\\.chars"),
            Family.of(
                    "column.mask.hash.<algorithm>.with.salt.<salt>", "column\\.mask\\.hash\\.[^.]+\\.with\\.salt\\..+"),
            Family.of(
                    "column.mask.hash.v2.<algorithm>.with.salt.<salt>",
                    "column\\.mask\\.hash\\.v2\\.[^.]+\\.with\\.salt\\..+"),
            Family.of(
                    "snapshot.select.statement.overrides.<schema>.<table>",
                    "snapshot\\.select\\.statement\\.overrides\\..+"),
            Family.foreign("driver.<pgjdbc property>", "driver\\..+"),
            Family.foreign("database.<pgjdbc property>", "database\\.[A-Z]\\w*|database\\.[a-z]+[A-Z]\\w*"),
            Family.foreign("signal.consumer.<consumer property>", "signal\\.consumer\\..+"),
            Family.of("internal.<name>", "internal\\..+"));

    private DebeziumFields() {}

    /** The options with fixed names, in Debezium's order. */
    static Collection<Field> all() {
        List<Field> fields = new ArrayList<>(validated());
        fields.addAll(SIGNAL_CHANNEL_FIELDS);
        return fields;
    }

    /** Those of {@link #all()} that can be validated in every configuration. */
    static Collection<Field> validated() {
        List<Field> candidates = new ArrayList<>();
        PostgresConnectorConfig.ALL_FIELDS.forEach(candidates::add);
        candidates.addAll(UNPUBLISHED);
        Map<String, Field> byName = new LinkedHashMap<>();
        for (Field field : candidates) {
            if (!isPattern(field.name())
                    && !field.name().startsWith("internal.")
                    && !OTHER_DATABASES.contains(field.name())) {
                byName.putIfAbsent(field.name(), field);
            }
        }
        return byName.values();
    }

    /** The options whose names are patterns. */
    static List<Family> families() {
        return FAMILIES;
    }

    /** Whether a name belongs to a family whose options Debezium defines itself. */
    static boolean isOfOwnFamily(String name) {
        return FAMILIES.stream()
                .anyMatch(family ->
                        !family.foreign() && family.pattern().matcher(name).matches());
    }

    private static boolean isPattern(String name) {
        return name.indexOf('(') >= 0;
    }
}
