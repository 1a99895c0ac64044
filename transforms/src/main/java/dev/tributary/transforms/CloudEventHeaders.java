// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import dev.tributary.transforms.cloudevent.EventId;
import dev.tributary.transforms.cloudevent.EventTime;
import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.ChangeEvents;
import dev.tributary.transforms.event.FieldPath;
import dev.tributary.transforms.event.Operation;
import dev.tributary.transforms.options.OptionDefinition;
import dev.tributary.transforms.options.OptionValues;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Makes each change event a CloudEvent in binary mode: the attributes go into headers, and the value stays as it is.
 *
 * <p>Source: CloudEvents 1.0.2, and its protocol binding for Kafka, section 3.2.
 *
 * @param <R> records of a source or of a sink
 */
public final class CloudEventHeaders<R extends ConnectRecord<R>> implements Transformation<R> {

    /** What the transform does, in a sentence. */
    public static final String OVERVIEW_DOC =
            "Adds the attributes of CloudEvents 1.0 as headers (binary mode): ce_id, by which a consumer"
                    + " can drop duplicates, ce_source, ce_type, ce_time and ce_subject.";

    static final String SOURCE = "source";
    static final String TYPE_PREFIX = "type.prefix";
    static final String SUBJECT = "subject";
    static final String CONTENT_TYPE = "content.type";

    private static final String KEY = "key";
    private static final String MEDIA_TYPE = "[\\w.+-]+/[\\w.+-]+(;.*)?";

    /** The options. */
    public static final ConfigDef CONFIG_DEF = OptionDefinition.define(
            "CloudEvents",
            OptionDefinition.text(SOURCE, "")
                    .highImportance()
                    .displayName("Source")
                    .validatedBy("a URI reference", CloudEventHeaders::checkUri)
                    .documentation(
                            "ce_source: where the events come from, as a URI reference. If empty, it is derived from"
                                    + " the event as /connector/name/database, for example /postgresql/shop/shop, where"
                                    + " name is the connector's topic.prefix. Together with ce_id it identifies an"
                                    + " event."),
            OptionDefinition.text(TYPE_PREFIX, "")
                    .highImportance()
                    .displayName("Type prefix")
                    .validatedBy("text without spaces", CloudEventHeaders::checkPrefix)
                    .documentation("The prefix of ce_type. The specification asks for a reversed DNS name, such as"
                            + " com.example. The rest is schema.table.created, .updated, .deleted, .read or"
                            + " .truncated; for a logical message it is message."),
            OptionDefinition.text(SUBJECT, KEY)
                    .displayName("Subject")
                    .validatedBy("key, a path such as after.order_no, or empty", CloudEventHeaders::checkSubject)
                    .documentation(
                            "ce_subject: what the event is about. key: the values of the record's key, separated by /."
                                    + " A path names a field of the envelope: after.order_no. If the option is empty,"
                                    + " or the event has no such value, there is no ce_subject."),
            OptionDefinition.text(CONTENT_TYPE, "application/json")
                    .displayName("Content type")
                    .validatedBy("a media type, or empty", CloudEventHeaders::checkMediaType)
                    .documentation("The header content-type, which says how the value is serialized. It must match the"
                            + " converter. Empty for no header."));

    private static final FieldPath CONNECTOR = FieldPath.parse("connector");
    private static final FieldPath NAME = FieldPath.parse("name");
    private static final FieldPath DATABASE = FieldPath.parse("db");
    private static final FieldPath SCHEMA = FieldPath.parse("schema");
    private static final FieldPath TABLE = FieldPath.parse("table");

    private final ChangeEvents events = new ChangeEvents();
    private final EventId ids = new EventId();
    private @Nullable String source;
    private String typePrefix = "";
    private @Nullable FieldPath subject;
    private boolean keyIsSubject;
    private @Nullable String contentType;

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
        source = options.textOrNull(SOURCE);
        String prefix = options.getString(TYPE_PREFIX);
        typePrefix = prefix.isEmpty() || prefix.endsWith(".") ? prefix : prefix + ".";
        String configuredSubject = options.textOrNull(SUBJECT);
        keyIsSubject = KEY.equals(configuredSubject);
        subject = configuredSubject == null || keyIsSubject ? null : FieldPath.parse(configuredSubject);
        contentType = options.textOrNull(CONTENT_TYPE);
    }

    @Override
    public R apply(R record) {
        ChangeEvent event = events.of(record);
        if (event == null) {
            return record;
        }
        Headers headers = record.headers().duplicate();
        set(headers, "ce_specversion", "1.0");
        set(headers, "ce_id", ids.of(record, event));
        set(headers, "ce_source", source == null ? sourceOf(event) : source);
        set(headers, "ce_type", typePrefix + typeOf(event));
        set(headers, "ce_time", EventTime.of(event));
        set(headers, "ce_subject", subjectOf(record, event));
        set(headers, "content-type", contentType);
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp(),
                headers);
    }

    private static void set(Headers headers, String name, @Nullable String value) {
        headers.remove(name);
        if (value != null && !value.isEmpty()) {
            headers.addString(name, value);
        }
    }

    private static String sourceOf(ChangeEvent event) {
        return "/" + joined(event, "/", CONNECTOR, NAME, DATABASE);
    }

    private static String joined(ChangeEvent event, String separator, FieldPath... parts) {
        StringJoiner joiner = new StringJoiner(separator);
        for (FieldPath part : parts) {
            Object value = part.in(event.source());
            if (value != null && !value.equals("")) {
                joiner.add(value.toString());
            }
        }
        return joiner.toString();
    }

    private static String typeOf(ChangeEvent event) {
        String pastTense = pastTense(event.operation());
        String table = joined(event, ".", SCHEMA, TABLE);
        return table.isEmpty() || event.operation() == Operation.MESSAGE ? pastTense : table + "." + pastTense;
    }

    private static String pastTense(Operation operation) {
        return switch (operation) {
            case CREATE -> "created";
            case UPDATE -> "updated";
            case DELETE -> "deleted";
            case READ -> "read";
            case TRUNCATE -> "truncated";
            case MESSAGE -> "message";
        };
    }

    private @Nullable String subjectOf(R record, ChangeEvent event) {
        if (!keyIsSubject) {
            Object value = subject == null ? null : subject.in(event.value());
            return value == null ? null : String.valueOf(value);
        }
        if (record.key() instanceof Struct key) {
            return key.schema().fields().stream()
                    .map(field -> String.valueOf(key.get(field)))
                    .collect(Collectors.joining("/"));
        }
        if (record.key() instanceof Map<?, ?> key) {
            return key.values().stream().map(String::valueOf).collect(Collectors.joining("/"));
        }
        return record.key() == null ? null : String.valueOf(record.key());
    }

    private static void checkUri(String text) {
        try {
            new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be a URI reference: " + e.getReason());
        }
    }

    private static void checkPrefix(String text) {
        if (text.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("must not contain spaces");
        }
    }

    private static void checkSubject(String text) {
        if (!text.isEmpty() && !text.equals(KEY)) {
            FieldPath.parse(text);
        }
    }

    private static void checkMediaType(String text) {
        if (!text.isEmpty() && !Pattern.matches(MEDIA_TYPE, text)) {
            throw new IllegalArgumentException("must be a media type, such as application/json");
        }
    }

    @Override
    public void close() {
        // Nothing to release.
    }
}
