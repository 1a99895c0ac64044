// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import dev.tributary.transforms.cloudevent.CloudEventOptions;
import dev.tributary.transforms.cloudevent.EventId;
import dev.tributary.transforms.cloudevent.EventTime;
import dev.tributary.transforms.cloudevent.Subject;
import dev.tributary.transforms.cloudevent.UriPath;
import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.ChangeEvents;
import dev.tributary.transforms.event.FieldPath;
import dev.tributary.transforms.event.Operation;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
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
public final class CloudEventHeaders<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    /** What the transform does, in a sentence. */
    public static final String OVERVIEW_DOC =
            "Adds the attributes of CloudEvents 1.0 as headers (binary mode): ce_id, by which a consumer"
                    + " can drop duplicates, ce_source, ce_type, ce_time and ce_subject.";

    /** The options. */
    public static final ConfigDef CONFIG_DEF = CloudEventOptions.CONFIG_DEF;

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
        CloudEventOptions options = new CloudEventOptions(configuration);
        source = options.source();
        typePrefix = options.typePrefix();
        keyIsSubject = options.keyIsSubject();
        subject = options.subject();
        contentType = options.contentType();
    }

    @Override
    public synchronized R apply(R record) {
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
        return "/" + joined(event, "/", UriPath::segment, CONNECTOR, NAME, DATABASE);
    }

    private static String joined(ChangeEvent event, String separator, UnaryOperator<String> text, FieldPath... parts) {
        StringJoiner joiner = new StringJoiner(separator);
        for (FieldPath part : parts) {
            Object value = part.in(event.source());
            if (value != null && !value.equals("")) {
                joiner.add(text.apply(value.toString()));
            }
        }
        return joiner.toString();
    }

    private static String typeOf(ChangeEvent event) {
        String pastTense = pastTense(event.operation());
        String table = joined(event, ".", UnaryOperator.identity(), SCHEMA, TABLE);
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
            return value == null ? null : Subject.text(null, value);
        }
        return Subject.ofKey(record.keySchema(), record.key());
    }

    @Override
    public void close() {
        // Nothing to release.
    }
}
