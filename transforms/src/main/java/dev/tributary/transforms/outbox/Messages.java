// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.FieldPath;
import dev.tributary.transforms.event.SchemaCache;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the rows of outbox tables into messages. Not thread-safe. */
public final class Messages {

    private static final Logger LOG = LoggerFactory.getLogger(Messages.class);
    private static final FieldPath TS_MS = new FieldPath(List.of("ts_ms"));

    private final OutboxTables tables;
    private final OutboxColumns columns;
    private final OutboxTopics topics;
    private final boolean tombstones;
    private final @Nullable JsonPayloads json;
    private final SchemaCache<Layout> layouts;
    private @Nullable Layout layoutOfMaps;
    private final LogCounter unexpanded = new LogCounter();

    /**
     * @param tables the outbox tables
     * @param tombstones whether a row without a payload becomes a tombstone
     * @param json expands payloads; null if they stay as they are
     */
    public Messages(
            OutboxTables tables,
            OutboxColumns columns,
            OutboxTopics topics,
            boolean tombstones,
            @Nullable JsonPayloads json) {
        this.tables = tables;
        this.columns = columns;
        this.topics = topics;
        this.tombstones = tombstones;
        this.json = json;
        this.layouts = new SchemaCache<>(row -> Layout.of(columns, row, json == null || json.infersSchemas()));
    }

    /**
     * The message in the row after the change.
     *
     * @throws InvalidRowException if the row is not a valid message
     */
    public <R extends ConnectRecord<R>> R of(R record, ChangeEvent event) {
        Object row = event.after();
        if (!(row instanceof Struct) && !(row instanceof Map)) {
            throw new InvalidRowException("the event has no row in after");
        }
        Layout layout = row instanceof Struct struct ? layouts.get(struct.schema()) : layoutOfMaps();
        String routed = layout.route().textIn(row);
        Object value = layout.payload().in(row);
        Schema schema = layout.payload().schema();
        if (tombstones && isEmpty(value)) {
            value = null;
            schema = null;
        } else {
            SchemaAndValue expanded =
                    json == null || value == null ? null : expanded(json, value, routed, record, event);
            if (expanded != null) {
                schema = expanded.schema();
                value = expanded.value();
            }
            if (layout.envelope() != null) {
                SchemaAndValue whole = layout.envelope().of(row, schema, value, routed, columns.missing());
                schema = whole.schema();
                value = whole.value();
            }
        }
        return record.newRecord(
                topics.of(routed, columns.route().column()),
                layout.partition() == null ? null : partition(layout.partition(), row),
                layout.key().schema(),
                layout.key().in(row),
                schema,
                value,
                timestamp(record, event, row, layout),
                headers(record, row, layout));
    }

    private Layout layoutOfMaps() {
        if (layoutOfMaps == null) {
            layoutOfMaps = Layout.of(columns, null, false);
        }
        return layoutOfMaps;
    }

    private static boolean isEmpty(@Nullable Object payload) {
        if (payload instanceof String text) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) > ' ') {
                    return false;
                }
            }
            return true;
        }
        return payload == null
                || (payload instanceof byte[] bytes && bytes.length == 0)
                || (payload instanceof ByteBuffer buffer && !buffer.hasRemaining());
    }

    private @Nullable SchemaAndValue expanded(
            JsonPayloads json, Object payload, String routed, ConnectRecord<?> record, ChangeEvent event) {
        try {
            return json.expand(payload, routed, event.value() instanceof Struct);
        } catch (UnexpandableException e) {
            if (unexpanded.increment()) {
                LOG.warn(
                        "The payload of a row of {} is sent as it is, because it {}; so far this happened {} times",
                        tables.nameOf(event, record.topic()),
                        e.getMessage(),
                        unexpanded.value());
            }
            return null;
        }
    }

    private @Nullable Integer partition(ColumnReader column, Object row) {
        if (columns.missing() == MissingColumn.IGNORE && !column.isIn(row)) {
            return null;
        }
        Integer partition = column.numberIn(row);
        if (partition != null && partition < 0) {
            throw column.invalid("is less than 0, which is not a valid partition");
        }
        return partition;
    }

    /**
     * The time in the row, unless it is still to come: brokers refuse timestamps from the future
     * ({@code message.timestamp.after.max.ms}, an hour by default), and the task would fail at this row again and
     * again.
     */
    private static @Nullable Long timestamp(ConnectRecord<?> record, ChangeEvent event, Object row, Layout layout) {
        Long chosen = layout.time() == null ? null : TimestampColumn.in(layout.time(), row);
        if (chosen != null) {
            return Math.min(chosen, System.currentTimeMillis());
        }
        return record.timestamp() == null && TS_MS.in(event.value()) instanceof Long millis
                ? millis
                : record.timestamp();
    }

    private Headers headers(ConnectRecord<?> record, Object row, Layout layout) {
        Headers headers = record.headers().duplicate();
        headers.add(AdditionalColumn.ID, layout.id().in(row), layout.id().schema());
        List<ColumnReader> headerColumns = layout.headers();
        for (int i = 0; i < headerColumns.size(); i++) {
            ColumnReader column = headerColumns.get(i);
            if (columns.missing() == MissingColumn.ERROR || column.isIn(row)) {
                headers.add(column.name(), column.in(row), column.schema());
            }
        }
        return headers;
    }
}
