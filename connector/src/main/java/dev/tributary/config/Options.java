// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import io.debezium.config.Configuration;
import io.debezium.config.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/**
 * The options of the connector: Debezium's, with the same names and meanings, and ours.
 *
 * <p>{@link #DEFAULTS} has the defaults that differ from Debezium's; see {@code docs/differences-from-debezium.md}.
 */
public final class Options {

    static final EnumOption<RecordTimestamp> RECORD_TIMESTAMP = new EnumOption<>(
            OptionNames.RECORD_TIMESTAMP,
            "Record timestamp",
            OptionGroup.EVENTS,
            Importance.MEDIUM,
            RecordTimestamp.COMMIT);

    static final EnumOption<NewTables> NEW_TABLES = new EnumOption<>(
            OptionNames.NEW_TABLES, "New tables", OptionGroup.SNAPSHOT, Importance.MEDIUM, NewTables.BACKFILL);

    static final EnumOption<MissingTables> TABLES_MISSING = new EnumOption<>(
            OptionNames.TABLES_MISSING, "Missing tables", OptionGroup.TABLES, Importance.MEDIUM, MissingTables.FAIL);

    static final EnumOption<UnidentifiedTables> TABLES_WITHOUT_IDENTITY = new EnumOption<>(
            OptionNames.TABLES_WITHOUT_IDENTITY,
            "Tables without identity",
            OptionGroup.REPLICATION,
            Importance.MEDIUM,
            UnidentifiedTables.REFUSE);

    static final EnumOption<CapturePath> CAPTURE_PATH = new EnumOption<>(
            OptionNames.CAPTURE_PATH, "Capture path", OptionGroup.REPLICATION, Importance.LOW, CapturePath.TRIBUTARY);

    static final EnumOption<ServerDivergence> SERVER_DIVERGENCE = new EnumOption<>(
            OptionNames.SERVER_DIVERGENCE,
            "Server divergence",
            OptionGroup.REPLICATION,
            Importance.LOW,
            ServerDivergence.FAIL);

    private static final TextOption PASSWORD_FILE = new TextOption(
            OptionNames.DATABASE_PASSWORD_FILE,
            "Password file",
            OptionGroup.CONNECTION,
            Importance.MEDIUM,
            ConfigDef.Type.STRING);

    private static final TextOption GENERATED_ACCEPTED = new TextOption(
            OptionNames.COLUMN_GENERATED_ACCEPT_LIST,
            "Accepted generated columns",
            OptionGroup.TABLES,
            Importance.LOW,
            ConfigDef.Type.LIST);

    private static final List<OwnOption> OURS = List.of(
            PASSWORD_FILE,
            RECORD_TIMESTAMP,
            NEW_TABLES,
            TABLES_MISSING,
            TABLES_WITHOUT_IDENTITY,
            CAPTURE_PATH,
            SERVER_DIVERGENCE,
            SlotOptions.DECODING_WORK_MEM,
            GENERATED_ACCEPTED,
            TransactionOptions.GROUP_MAX_MS,
            TransactionOptions.GROUP_MAX_BYTES,
            TransactionOptions.MAX_BYTES,
            TransactionOptions.OVERSIZE,
            GuardOptions.WATCH,
            GuardOptions.INTERVAL,
            GuardOptions.WARN,
            GuardOptions.CRITICAL,
            GuardOptions.UNLIMITED,
            GuardOptions.WEBHOOK,
            GuardOptions.SECRET);

    /** Our defaults for Debezium's options where they differ from Debezium's, as a configuration writes them. */
    static final Map<String, String> DEFAULTS = Map.of(
            OptionNames.PLUGIN_NAME,
            "pgoutput",
            OptionNames.PUBLICATION_AUTOCREATE_MODE,
            "filtered",
            "event.converting.failure.handling.mode",
            "fail",
            "extended.headers.enabled",
            "false",
            OptionNames.SNAPSHOT_MAX_THREADS,
            "4",
            "statistics.metrics.enabled",
            "false");

    private static final ConfigDef DEFINITION = define();

    private Options() {}

    /** A copy of the definition, which the caller may change. */
    public static ConfigDef definition() {
        return new ConfigDef(DEFINITION);
    }

    /** The options that the user set, and our defaults for the others. */
    static Map<String, String> complete(Map<String, String> written) {
        Map<String, String> complete = new HashMap<>(DEFAULTS);
        if (CAPTURE_PATH.isSetTo(CapturePath.DEBEZIUM, written)) {
            // Its threads read different states of the database, unless the slot has just been created.
            complete.remove(OptionNames.SNAPSHOT_MAX_THREADS);
        }
        complete.putAll(written);
        complete.computeIfPresent(OptionNames.DATABASE_HOSTNAME, (option, host) -> HostName.inUrl(host));
        AvroNames.adjustFields(complete);
        Credentials.complete(complete);
        return complete;
    }

    /** Whether a configuration, validated or not, captures on our own path. */
    public static boolean usesOwnSources(Map<String, String> written) {
        return !CAPTURE_PATH.isSetTo(CapturePath.DEBEZIUM, written);
    }

    private static ConfigDef define() {
        Map<OptionGroup, List<Field>> groups = DebeziumFields.all().stream()
                .collect(Collectors.groupingBy(
                        field -> OptionGroup.of(field.group().getGroup()),
                        () -> new EnumMap<>(OptionGroup.class),
                        Collectors.toList()));
        ConfigDef definition = new ConfigDef();
        for (OptionGroup group : OptionGroup.values()) {
            List<Field> fields = new ArrayList<>(groups.getOrDefault(group, List.of()));
            fields.sort(Comparator.comparingInt(field -> field.group().getPositionInGroup()));
            int order = 0;
            for (Field field : fields) {
                define(definition, field, group, ++order);
            }
            for (OwnOption option : OURS) {
                if (option.group() == group) {
                    option.addTo(definition, ++order);
                }
            }
        }
        return definition;
    }

    private static void define(ConfigDef definition, Field field, OptionGroup group, int order) {
        Stream.concat(Stream.of(field.name()), field.deprecatedAliases().stream())
                .filter(name -> !name.startsWith("internal."))
                .forEach(name -> definition.define(
                        name,
                        field.type(),
                        defaultOf(field),
                        null,
                        field.importance(),
                        Descriptions.of(field.name()),
                        group.title(),
                        order,
                        field.width() == Width.NONE ? Width.MEDIUM : field.width(),
                        field.displayName() == null ? name : field.displayName(),
                        field.dependents(),
                        recommenderOf(field)));
    }

    /** Numbers are parsed from text because Debezium gives some of them a wider type than the option has. */
    private static @Nullable Object defaultOf(Field field) {
        String ours = DEFAULTS.get(field.name());
        Object theirs = field.defaultValue();
        if (ours == null && !(theirs instanceof Number)) {
            return theirs;
        }
        return ConfigDef.parseType(field.name(), ours == null ? theirs.toString() : ours, field.type());
    }

    private static ConfigDef.@Nullable Recommender recommenderOf(Field field) {
        if (field.type() == ConfigDef.Type.BOOLEAN) {
            return new Recommendations((name, config) -> List.of(true, false));
        }
        Field.Recommender recommender = field.recommender();
        return recommender == null
                ? null
                : new Recommendations((name, config) -> recommender.validValues(field, Configuration.from(config)));
    }
}
