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
 * The outbox pattern: a row that is inserted into an outbox table becomes a message, whose topic, key, value and headers are
 * columns of the row. What else happens to the table sends nothing.
 *
 * <p>Options have Debezium's names where they mean the same.
 *
 * @param <R> records of a source or of a sink
 */
public final class OutboxRouter<R extends ConnectRecord<R>> implements Transformation<R> {

    /** What it is for, in a sentence. */
    public static final String OVERVIEW_DOC =
            "Turns the rows of an outbox table into messages: one column names the topic, one is the key, one the value, and"
                    + " others can go along as headers or beside the value. Records of other tables go through as they are.";

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
                            "The outbox tables, as schema.table; * stands for any text, ? for any character. Records of other"
                                    + " tables go through as they are. Empty: every change event is taken for a row of an outbox, and"
                                    + " every tombstone dropped; a predicate can choose the records."),
            OptionDefinition.text(ROUTE_BY, "aggregatetype")
                    .highImportance()
                    .displayName("Column that routes")
                    .validatedBy("a column", OutboxRouter::checkColumn)
                    .documentation("The column whose value names the topic. It must hold text."),
            OptionDefinition.text(REGEX, "(?<routedByValue>.*)")
                    .lowImportance()
                    .displayName("Regular expression")
                    .validatedBy("a regular expression", Pattern::compile)
                    .documentation(
                            "What the value of that column has to match, as a whole, for its topic to be named by"
                                    + " route.topic.replacement. A value that does not match is the name of the topic itself."),
            OptionDefinition.text(REPLACEMENT, "outbox.event.${routedByValue}")
                    .highImportance()
                    .displayName("Topic")
                    .documentation(
                            "The topic of a message. $1, or ${name}, stands for what a group of route.topic.regex has matched;"
                                    + " ${routedByValue}, unless that is set, for the whole value.")
                    .crossCheck(options -> options.get(REGEX) instanceof String regex
                                    && options.get(REPLACEMENT) instanceof String replacement
                            ? OutboxTopics.problem(regex, replacement)
                            : Optional.empty()),
            OptionDefinition.text(ID, "id")
                    .displayName("Column of the id")
                    .validatedBy("a column", OutboxRouter::checkColumn)
                    .documentation("The column that tells a message from all others: it goes into the header id."),
            OptionDefinition.text(KEY, "aggregateid")
                    .displayName("Column of the key")
                    .validatedBy("a column", OutboxRouter::checkColumn)
                    .documentation(
                            "The column that is the key of the message. Messages of one key stay in order. Where it is null, so"
                                    + " is the key."),
            OptionDefinition.text(PAYLOAD, "payload")
                    .displayName("Column of the payload")
                    .validatedBy("a column", OutboxRouter::checkColumn)
                    .documentation("The column that is the value of the message."),
            OptionDefinition.text(TIMESTAMP, "")
                    .displayName("Column of the timestamp")
                    .documentation(
                            "A column of type timestamp or timestamptz that is the timestamp of the message. Empty, or where"
                                    + " the column is null: the timestamp that the record has, or else ts_ms of the event."),
            OptionDefinition.list(ADDITIONAL, List.of())
                    .highImportance()
                    .displayName("Additional columns")
                    .listValidatedBy(
                            "a list such as type:header, type:envelope:eventType, shard:partition",
                            AdditionalColumn::parse)
                    .documentation(
                            "Columns that go along, each with its place: header; envelope, which makes the value of the message"
                                    + " a struct of payload and these columns; or partition, which holds the number of the partition"
                                    + " that the message goes to. A third part gives a name: type:header:eventType."),
            OptionDefinition.choice(MISSING, MissingColumn.ERROR)
                    .lowImportance()
                    .displayName("Missing additional columns")
                    .documentation(
                            "What becomes of a row that lacks an additional column. error: the task fails. ignore: the message"
                                    + " goes without it."),
            OptionDefinition.text(SCHEMA_VERSION, "")
                    .lowImportance()
                    .displayName("Column of the version")
                    .documentation(
                            "A column that holds the version of the value's schema, a whole number; empty for none. Only an"
                                    + " envelope has a schema that can get one.")
                    .crossCheck(OutboxRouter::problemOfVersion),
            OptionDefinition.flag(TOMBSTONES, false)
                    .displayName("Tombstones")
                    .documentation(
                            "Whether a row whose payload is null, empty or blank becomes a tombstone: a message without a value,"
                                    + " for which compaction removes the key."),
            OptionDefinition.flag(EXPAND, false)
                    .displayName("Expand JSON")
                    .documentation(
                            "Whether a payload that is a JSON object or array, as text, becomes a struct or a list. What cannot"
                                    + " be expanded stays text, with a warning."),
            OptionDefinition.text(JSON_NULLS, "ignore")
                    .lowImportance()
                    .displayName("Nulls in JSON")
                    .validatedBy("one of ignore, " + KEEP_NULLS, OutboxRouter::checkNulls)
                    .documentation(
                            "A null, and an array without elements or with nulls only, does not say its type. ignore: such a"
                                    + " field is left out. optional_bytes: it is kept as optional bytes, or as an array of such."),
            OptionDefinition.choice(JSON_SCHEMA, PayloadSchema.INFERRED)
                    .displayName("Schema of JSON")
                    .documentation(
                            "The schema of an expanded payload. inferred: the one that its JSON suggests. none: it becomes maps"
                                    + " and lists without a schema, in which nothing is left out; for converters that need no schema,"
                                    + " such as JSON with schemas.enable=false.")
                    .crossCheck(options ->
                            "none".equals(options.get(JSON_SCHEMA)) && !Boolean.TRUE.equals(options.get(EXPAND))
                                    ? Optional.of("no payload is expanded; set " + EXPAND + "=true, too")
                                    : Optional.empty()),
            OptionDefinition.choice(UPDATES, Updates.WARN)
                    .displayName("Updates")
                    .documentation(
                            "What becomes of an update in an outbox table; no message is sent for one. warn, error: it is"
                                    + " dropped, and the log says so, for the 1st, 2nd, 4th, 8th and so on. fatal: the task fails."));

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
    public void configure(Map<String, ?> given) {
        OptionValues options = new OptionValues(CONFIG_DEF, given);
        tables = OutboxTables.parse(options.getList(TABLE));
        updates = options.choice(UPDATES, Updates.class);
        OutboxColumns columns = new OutboxColumns(
                wanted(options, ID),
                wanted(options, KEY),
                wanted(options, ROUTE_BY),
                wanted(options, PAYLOAD),
                options.textOrNull(TIMESTAMP) == null ? null : wanted(options, TIMESTAMP),
                options.textOrNull(SCHEMA_VERSION) == null ? null : wanted(options, SCHEMA_VERSION),
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

    private static ColumnOption wanted(OptionValues options, String option) {
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

    private static Optional<String> problemOfVersion(Map<String, Object> options) {
        if (!(options.get(SCHEMA_VERSION) instanceof String column) || column.isEmpty()) {
            return Optional.empty();
        }
        String none = "there is no schema that could get a version: ";
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

    /** A tombstone says its topic and its key; that of a table with a topic of another name comes right behind the delete. */
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
            String hint = tables.matchesAll() ? " If it is no outbox, say with the option table what is." : "";
            throw new DataException("A row of " + tables.nameOf(event, record.topic()) + " cannot become a message: "
                    + e.getMessage() + "." + hint);
        }
    }

    private void dropUpdate(R record, ChangeEvent event) {
        String table = tables.nameOf(event, record.topic());
        if (updates == Updates.FATAL) {
            throw new DataException(
                    "A row of the outbox " + table + " was updated. A message that is sent cannot be changed;"
                            + " insert a row for another, or set " + UPDATES + "=warn to go on");
        }
        if (updated.increment()) {
            String warned = "Updates of rows of the outbox {} send no message; {} did so far";
            if (updates == Updates.WARN) {
                LOG.warn(warned, table, updated.value());
            } else {
                LOG.error(warned, table, updated.value());
            }
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
