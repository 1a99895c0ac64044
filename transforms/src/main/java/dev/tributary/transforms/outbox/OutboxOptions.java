// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import dev.tributary.transforms.event.BoundedMap;
import dev.tributary.transforms.options.OptionDefinition;
import dev.tributary.transforms.options.OptionValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/** The options of {@link dev.tributary.transforms.OutboxRouter}, and the parts that they configure. */
public final class OutboxOptions {

    /** What happens to updates; error messages name this option. */
    public static final String UPDATES = "table.op.invalid.behavior";

    private static final String TABLE = "table";
    private static final String ROUTE_BY = "route.by.field";
    private static final String REGEX = "route.topic.regex";
    private static final String REPLACEMENT = "route.topic.replacement";
    private static final String ID = "table.field.event.id";
    private static final String KEY = "table.field.event.key";
    private static final String PAYLOAD = "table.field.event.payload";
    private static final String TIMESTAMP = "table.field.event.timestamp";
    private static final String ADDITIONAL = "table.fields.additional.placement";
    private static final String MISSING = "table.field.additional.missing";
    private static final String SCHEMA_VERSION = "table.field.event.schema.version";
    private static final String TOMBSTONES = "route.tombstone.on.empty.payload";
    private static final String EXPAND = "table.expand.json.payload";
    private static final String JSON_NULLS = "table.json.payload.null.behavior";
    private static final String JSON_SCHEMA = "table.json.payload.schema";

    private static final String CACHED_FIELDS = "table.json.payload.cached.fields";

    private static final String KEEP_NULLS = "optional_bytes";

    /** The options. */
    public static final ConfigDef CONFIG_DEF = OptionDefinition.define(
            "Outbox",
            OptionDefinition.list(TABLE, List.of())
                    .highImportance()
                    .displayName("Outbox tables")
                    .listValidatedBy("a list of tables with their schemas: shop.outbox, *.outbox", OutboxTables::parse)
                    .documentation(
                            "The outbox tables, as schema.table; * matches any text, ? any one character. Records of"
                                    + " other tables pass through unchanged. If empty, every change event is treated as"
                                    + " a row of an outbox, and every tombstone is dropped; a predicate can choose the"
                                    + " records."),
            OptionDefinition.text(ROUTE_BY, "aggregatetype")
                    .highImportance()
                    .displayName("Routing column")
                    .validatedBy("a column", OutboxOptions::checkColumn)
                    .documentation("The column whose value determines the topic. It must hold text."),
            OptionDefinition.text(REGEX, "(?<routedByValue>.*)")
                    .lowImportance()
                    .displayName("Regular expression")
                    .validatedBy("a regular expression", Pattern::compile)
                    .documentation("The regular expression that the whole value of the routing column must match for"
                            + " route.topic.replacement to name the topic. A value that does not match is itself the"
                            + " name of the topic."),
            OptionDefinition.text(REPLACEMENT, "outbox.event.${routedByValue}")
                    .highImportance()
                    .displayName("Topic")
                    .documentation(
                            "The topic of a message. $1 or ${name} is what a group of route.topic.regex has matched;"
                                    + " ${routedByValue} is the whole value, unless route.topic.regex is set.")
                    .crossCheck(options -> options.get(REGEX) instanceof String regex
                                    && options.get(REPLACEMENT) instanceof String replacement
                            ? OutboxTopics.problem(regex, replacement)
                            : Optional.empty()),
            OptionDefinition.text(ID, "id")
                    .displayName("Id column")
                    .validatedBy("a column", OutboxOptions::checkColumn)
                    .documentation("The column that identifies a message. It becomes the header id."),
            OptionDefinition.text(KEY, "aggregateid")
                    .displayName("Key column")
                    .validatedBy("a column", OutboxOptions::checkColumn)
                    .documentation(
                            "The column that becomes the key of the message. Messages with the same key stay in order."
                                    + " If the column is null, so is the key."),
            OptionDefinition.text(PAYLOAD, "payload")
                    .displayName("Payload column")
                    .validatedBy("a column", OutboxOptions::checkColumn)
                    .documentation("The column that becomes the value of the message."),
            OptionDefinition.text(TIMESTAMP, "")
                    .displayName("Timestamp column")
                    .documentation(
                            "A column of type timestamp or timestamptz that becomes the timestamp of the message. A"
                                    + " time that is still to come becomes the time of sending, because brokers refuse"
                                    + " timestamps from the future. If the option is empty or the column is null, the"
                                    + " message has the timestamp of the record, or else ts_ms of the event."),
            OptionDefinition.list(ADDITIONAL, List.of())
                    .highImportance()
                    .displayName("Additional columns")
                    .listValidatedBy(
                            "a list such as type:header, type:envelope:eventType, shard:partition",
                            AdditionalColumn::parse)
                    .documentation(
                            "Columns that are sent along, each with its placement: header; envelope, which makes the"
                                    + " value of the message a struct of payload and these columns; or partition, which"
                                    + " holds the number of the partition that the message goes to. A third part gives"
                                    + " the column another name: type:header:eventType."),
            OptionDefinition.choice(MISSING, MissingColumn.ERROR)
                    .lowImportance()
                    .displayName("Missing additional columns")
                    .documentation(
                            "What happens to a row that does not have an additional column. error: the task fails."
                                    + " ignore: the message is sent without it."),
            OptionDefinition.text(SCHEMA_VERSION, "")
                    .lowImportance()
                    .displayName("Schema version column")
                    .documentation(
                            "A column that holds the version of the value's schema, an integer; empty for none. Only"
                                    + " the schema of an envelope can have a version.")
                    .crossCheck(OutboxOptions::schemaVersionProblem),
            OptionDefinition.flag(TOMBSTONES, false)
                    .displayName("Tombstones")
                    .documentation("Whether a row whose payload is null, empty or blank becomes a tombstone: a message"
                            + " without a value, for which compaction removes the key."),
            OptionDefinition.flag(EXPAND, false)
                    .displayName("Expand JSON")
                    .documentation(
                            "Whether a payload that is a JSON object or array, as text, becomes a struct or a list. A"
                                    + " payload that cannot be expanded stays text, and a warning is logged."),
            OptionDefinition.text(JSON_NULLS, "ignore")
                    .lowImportance()
                    .displayName("Nulls in JSON")
                    .validatedBy("one of ignore, " + KEEP_NULLS, OutboxOptions::checkNulls)
                    .documentation(
                            "The type of a null, and of an array that is empty or has only nulls, is unknown. ignore:"
                                    + " such a field is left out. optional_bytes: it is kept as optional bytes, or as"
                                    + " an array of optional bytes."),
            OptionDefinition.choice(JSON_SCHEMA, PayloadSchema.INFERRED)
                    .displayName("Schema of JSON")
                    .documentation(
                            "The schema of an expanded payload. inferred: derived from its JSON. none: the payload"
                                    + " becomes maps and lists without a schema, in which nothing is left out; for"
                                    + " converters that need no schema, such as JSON with schemas.enable=false.")
                    .crossCheck(options ->
                            "none".equals(options.get(JSON_SCHEMA)) && !Boolean.TRUE.equals(options.get(EXPAND))
                                    ? Optional.of("no payload is expanded; also set " + EXPAND + "=true")
                                    : Optional.empty()),
            OptionDefinition.text(CACHED_FIELDS, Long.toString(BoundedMap.LIMIT))
                    .lowImportance()
                    .displayName("Fields of remembered schemas")
                    .validatedBy("a number, at least 0", OutboxOptions::checkNumber)
                    .documentation(
                            "How many fields the schemas of expanded payloads can have together that are remembered."
                                    + " One takes about 500 bytes. A schema that is not remembered is derived again for"
                                    + " each payload, which takes time. A payload with a quarter of these fields, such"
                                    + " as an object keyed by ids, is not remembered."),
            OptionDefinition.choice(UPDATES, Updates.WARN)
                    .displayName("Updates")
                    .documentation(
                            "What happens to an update in an outbox table; it never sends a message. warn, error: it"
                                    + " is dropped and logged, the 1st, 2nd, 4th, 8th time and so on. fatal: the task"
                                    + " fails."));

    private final OptionValues values;

    /** @throws org.apache.kafka.common.config.ConfigException if an option is not valid, or options conflict */
    public OutboxOptions(Map<String, ?> configuration) {
        values = new OptionValues(CONFIG_DEF, configuration);
    }

    public OutboxTables tables() {
        return OutboxTables.parse(values.getList(TABLE));
    }

    public Updates updates() {
        return values.choice(UPDATES, Updates.class);
    }

    /** @param tables the outbox tables */
    public Messages messages(OutboxTables tables) {
        return new Messages(tables, columns(), topics(), values.getBoolean(TOMBSTONES), json());
    }

    private OutboxColumns columns() {
        return new OutboxColumns(
                column(ID),
                column(KEY),
                column(ROUTE_BY),
                column(PAYLOAD),
                values.textOrNull(TIMESTAMP) == null ? null : column(TIMESTAMP),
                values.textOrNull(SCHEMA_VERSION) == null ? null : column(SCHEMA_VERSION),
                AdditionalColumn.parse(values.getList(ADDITIONAL)),
                ADDITIONAL,
                values.choice(MISSING, MissingColumn.class));
    }

    private OutboxTopics topics() {
        return new OutboxTopics(Pattern.compile(values.getString(REGEX)), values.getString(REPLACEMENT));
    }

    /** Null if payloads are not expanded. */
    private @Nullable JsonPayloads json() {
        return values.getBoolean(EXPAND)
                ? new JsonPayloads(
                        values.getString(PAYLOAD),
                        values.getString(JSON_NULLS).equals(KEEP_NULLS),
                        values.choice(JSON_SCHEMA, PayloadSchema.class) == PayloadSchema.INFERRED,
                        Long.parseLong(values.getString(CACHED_FIELDS)))
                : null;
    }

    private ColumnOption column(String option) {
        return new ColumnOption(values.getString(option), option);
    }

    private static void checkColumn(String column) {
        if (column.isBlank()) {
            throw new IllegalArgumentException("must be the name of a column");
        }
    }

    private static void checkNumber(String number) {
        if (!number.matches("[0-9]{1,12}")) {
            throw new IllegalArgumentException("must be a number, at least 0");
        }
    }

    private static void checkNulls(String word) {
        if (!word.equals("ignore") && !word.equals(KEEP_NULLS)) {
            throw new IllegalArgumentException("must be one of ignore, " + KEEP_NULLS);
        }
    }

    private static Optional<String> schemaVersionProblem(Map<String, Object> options) {
        if (!(options.get(SCHEMA_VERSION) instanceof String column) || column.isEmpty()) {
            return Optional.empty();
        }
        String problem = "no schema can have a version: ";
        if (options.get(ADDITIONAL) instanceof List<?> entries && !AdditionalColumn.anyInEnvelope(entries)) {
            return Optional.of(problem + ADDITIONAL + " places no column in the envelope");
        }
        return "none".equals(options.get(JSON_SCHEMA))
                ? Optional.of(problem + JSON_SCHEMA + "=none")
                : Optional.empty();
    }
}
