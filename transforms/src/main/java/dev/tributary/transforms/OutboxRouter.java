// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.ChangeEvents;
import dev.tributary.transforms.event.Operation;
import dev.tributary.transforms.options.OptionDefinition;
import dev.tributary.transforms.options.OptionValues;
import dev.tributary.transforms.outbox.AdditionalColumn;
import dev.tributary.transforms.outbox.ColumnOption;
import dev.tributary.transforms.outbox.InvalidRowException;
import dev.tributary.transforms.outbox.JsonPayloads;
import dev.tributary.transforms.outbox.LogCounter;
import dev.tributary.transforms.outbox.Messages;
import dev.tributary.transforms.outbox.MissingColumn;
import dev.tributary.transforms.outbox.OutboxColumns;
import dev.tributary.transforms.outbox.OutboxTables;
import dev.tributary.transforms.outbox.OutboxTopics;
import dev.tributary.transforms.outbox.PayloadSchema;
import dev.tributary.transforms.outbox.Updates;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbox pattern: a row that is inserted into an outbox table becomes a message, whose topic, key, value and
 * headers are columns of the row. Other changes of the table send nothing.
 *
 * <p>Options have Debezium's names where they have Debezium's meaning.
 *
 * @param <R> records of a source or of a sink
 */
public final class OutboxRouter<R extends ConnectRecord<R>> implements Transformation<R> {

    /** What the transform does, in a sentence. */
    public static final String OVERVIEW_DOC =
            "Turns the rows of an outbox table into messages: one column determines the topic, one is the"
                    + " key, one the value, and others can be sent as headers or next to the payload in the value."
                    + " Records of other tables pass through unchanged.";

    static final String TABLE = "table";
    static final String ROUTE_BY = "route.by.field";
    static final String REGEX = "route.topic.regex";
    static final String REPLACEMENT = "route.topic.replacement";
    static final String ID = "table.field.event.id";
    static final String KEY = "table.field.event.key";
    static final String PAYLOAD = "table.field.event.payload";
    static final String TIMESTAMP = "table.field.event.timestamp";
    static final String ADDITIONAL = "table.fields.additional.placement";
    static final String MISSING = "table.field.additional.missing";
    static final String SCHEMA_VERSION = "table.field.event.schema.version";
    static final String TOMBSTONES = "route.tombstone.on.empty.payload";
    static final String EXPAND = "table.expand.json.payload";
    static final String JSON_NULLS = "table.json.payload.null.behavior";
    static final String JSON_SCHEMA = "table.json.payload.schema";
    static final String UPDATES = "table.op.invalid.behavior";

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
                    .validatedBy("a column", OutboxRouter::checkColumn)
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
                    .validatedBy("a column", OutboxRouter::checkColumn)
                    .documentation("The column that identifies a message. It becomes the header id."),
            OptionDefinition.text(KEY, "aggregateid")
                    .displayName("Key column")
                    .validatedBy("a column", OutboxRouter::checkColumn)
                    .documentation(
                            "The column that becomes the key of the message. Messages with the same key stay in order."
                                    + " If the column is null, so is the key."),
            OptionDefinition.text(PAYLOAD, "payload")
                    .displayName("Payload column")
                    .validatedBy("a column", OutboxRouter::checkColumn)
                    .documentation("The column that becomes the value of the message."),
            OptionDefinition.text(TIMESTAMP, "")
                    .displayName("Timestamp column")
                    .documentation(
                            "A column of type timestamp or timestamptz that becomes the timestamp of the message. If"
                                    + " the option is empty or the column is null, the message has the timestamp of the"
                                    + " record, or else ts_ms of the event."),
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
                    .crossCheck(OutboxRouter::schemaVersionProblem),
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
                    .validatedBy("one of ignore, " + KEEP_NULLS, OutboxRouter::checkNulls)
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
            OptionDefinition.choice(UPDATES, Updates.WARN)
                    .displayName("Updates")
                    .documentation(
                            "What happens to an update in an outbox table; it never sends a message. warn, error: it"
                                    + " is dropped and logged, the 1st, 2nd, 4th, 8th time and so on. fatal: the task"
                                    + " fails."));

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRouter.class);

    private final ChangeEvents events = new ChangeEvents();
    private final LogCounter updated = new LogCounter();
    private OutboxTables tables = OutboxTables.parse(List.of());
    private Updates updates = Updates.WARN;
    private @Nullable Messages messages;
    private @Nullable R lastDeleted;

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public ConfigDef config() {
        return CONFIG_DEF;
    }

    /** @throws org.apache.kafka.common.config.ConfigException if an option is not valid */
    @Override
    public void configure(Map<String, ?> configuration) {
        OptionValues options = new OptionValues(CONFIG_DEF, configuration);
        tables = OutboxTables.parse(options.getList(TABLE));
        updates = options.choice(UPDATES, Updates.class);
        OutboxColumns columns = new OutboxColumns(
                column(options, ID),
                column(options, KEY),
                column(options, ROUTE_BY),
                column(options, PAYLOAD),
                options.textOrNull(TIMESTAMP) == null ? null : column(options, TIMESTAMP),
                options.textOrNull(SCHEMA_VERSION) == null ? null : column(options, SCHEMA_VERSION),
                AdditionalColumn.parse(options.getList(ADDITIONAL)),
                ADDITIONAL,
                options.choice(MISSING, MissingColumn.class));
        JsonPayloads json = options.getBoolean(EXPAND)
                ? new JsonPayloads(
                        options.getString(PAYLOAD),
                        options.getString(JSON_NULLS).equals(KEEP_NULLS),
                        options.choice(JSON_SCHEMA, PayloadSchema.class) == PayloadSchema.INFERRED)
                : null;
        messages = new Messages(
                tables,
                columns,
                new OutboxTopics(Pattern.compile(options.getString(REGEX)), options.getString(REPLACEMENT)),
                options.getBoolean(TOMBSTONES),
                json);
    }

    private static ColumnOption column(OptionValues options, String option) {
        return new ColumnOption(options.getString(option), option);
    }

    private static void checkColumn(String column) {
        if (column.isBlank()) {
            throw new IllegalArgumentException("must be the name of a column");
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
        String none = "no schema can have a version: ";
        if (options.get(ADDITIONAL) instanceof List<?> entries && !AdditionalColumn.anyInEnvelope(entries)) {
            return Optional.of(none + ADDITIONAL + " places no column in the envelope");
        }
        return "none".equals(options.get(JSON_SCHEMA)) ? Optional.of(none + JSON_SCHEMA + "=none") : Optional.empty();
    }

    @Override
    public @Nullable R apply(R record) {
        if (record.value() == null) {
            return isOfOutbox(record) ? null : record;
        }
        ChangeEvent event = events.of(record);
        if (event == null || event.operation() == Operation.MESSAGE || !tables.contains(event, record.topic())) {
            return record;
        }
        return switch (event.operation()) {
            case CREATE, READ -> message(record, event);
            case UPDATE -> {
                dropUpdate(record, event);
                yield null;
            }
            case DELETE -> {
                lastDeleted = record;
                yield null;
            }
            case TRUNCATE -> null;
            case MESSAGE -> record;
        };
    }

    /**
     * A tombstone has only a topic and a key. If its topic is not named after the table, it directly follows
     * its delete.
     */
    private boolean isOfOutbox(R tombstone) {
        R last = lastDeleted;
        if (last != null && last.topic().equals(tombstone.topic()) && Objects.equals(last.key(), tombstone.key())) {
            lastDeleted = null;
            return true;
        }
        return tables.containsTopic(tombstone.topic());
    }

    private R message(R record, ChangeEvent event) {
        try {
            return Objects.requireNonNull(messages, "configure was not called").of(record, event);
        } catch (InvalidRowException e) {
            String hint = tables.matchesAll()
                    ? " If the table is not an outbox, name the outbox tables in the option table."
                    : "";
            throw new DataException("A row of " + tables.nameOf(event, record.topic()) + " cannot become a message: "
                    + e.getMessage() + "." + hint);
        }
    }

    private void dropUpdate(R record, ChangeEvent event) {
        String table = tables.nameOf(event, record.topic());
        if (updates == Updates.FATAL) {
            throw new DataException(
                    "A row of the outbox " + table + " was updated, but a message that was sent cannot be changed. Fix:"
                            + " insert a new row, or set " + UPDATES + "=warn to drop updates");
        }
        if (updated.increment()) {
            String message =
                    "An update of a row of the outbox {} is dropped and sends no message; so far this happened {}"
                            + " times";
            if (updates == Updates.WARN) {
                LOG.warn(message, table, updated.value());
            } else {
                LOG.error(message, table, updated.value());
            }
        }
    }

    @Override
    public void close() {
        // Nothing to release.
    }
}
