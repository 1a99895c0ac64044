// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.TableName;
import dev.tributary.transforms.event.TableResolver;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Masks records: the value, the key, and the headers in which Debezium's connectors give the other key of a row whose
 * key changed. Not thread-safe.
 *
 * @param <R> records of a source or of a sink
 */
public final class RecordMasker<R extends ConnectRecord<R>> {

    /** Debezium's names for them. */
    private static final List<String> HEADERS_WITH_KEYS = List.of("__debezium.oldkey", "__debezium.newkey");

    private final Rules rules;
    private final Actions actions;
    private final UnknownTable unknownTable;
    private final Plans plans;
    private final SchemalessMasker plain;
    private final KeyMode keys;

    public RecordMasker(
            Rules rules, Actions actions, KeyMode keys, UnknownTable unknownTable, UnmatchedRules unmatched) {
        RuleWatch watch = new RuleWatch(rules, unmatched);
        this.rules = rules;
        this.actions = actions;
        this.unknownTable = unknownTable;
        this.plans = new Plans(rules, actions, watch);
        this.plain = new SchemalessMasker(rules, actions, plans, watch);
        this.keys = keys;
    }

    /**
     * A record whose table is not known, as it is.
     *
     * @throws DataException if it can contain columns, and no such record may pass
     */
    public R ofUnknownTable(R record) {
        boolean hasColumns = record.value() == null
                ? keys == KeyMode.MASK && record.key() != null && UnreadableRows.isRow(record.key())
                : !TableResolver.isAboutNoTable(record);
        if (hasColumns && unknownTable == UnknownTable.FAIL) {
            throw new DataException("The table of a record on topic " + record.topic()
                    + " is not known: it is no change event, and neither its topic nor its schemas are named"
                    + " prefix.schema.table. Without the table, MaskFields finds no rules for the columns. Fix: put"
                    + " MaskFields before the transform that changes the names, apply it to the other topics only"
                    + " (with a predicate), or set unknown.table=pass to let such records pass as they are");
        }
        return record;
    }

    /**
     * The masked record; the same record if nothing in it is masked.
     *
     * @param event the record as an event; null if it is none
     * @param table the table that the record is about
     * @throws DataException if a rule cannot be applied, or the columns cannot be seen
     */
    public R of(R record, @Nullable ChangeEvent event, TableName table) {
        if (rules.of(table).matchesNothing()) {
            return record;
        }
        UnreadableRows.refuse(record, event, table);
        actions.nextRecord();
        SchemaAndValue value =
                event == null ? row(record.valueSchema(), record.value(), table) : event(event.value(), table);
        boolean hasKey = keys == KeyMode.MASK && record.key() != null;
        SchemaAndValue key = hasKey ? key(record.keySchema(), record.key(), table) : null;
        Headers headers = hasKey ? headers(record.headers(), table, key != null) : record.headers();
        if (value == null && key == null && headers == record.headers()) {
            return record;
        }
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                key == null ? record.keySchema() : key.schema(),
                key == null ? record.key() : key.value(),
                value == null ? record.valueSchema() : value.schema(),
                value == null ? record.value() : value.value(),
                record.timestamp(),
                headers);
    }

    private @Nullable SchemaAndValue event(Object event, TableName table) {
        if (event instanceof Struct struct) {
            return masked(plans.ofEvent(struct.schema(), table), struct);
        }
        Map<?, ?> map = (Map<?, ?>) event;
        return masked(map, plain.event(map, table));
    }

    private @Nullable SchemaAndValue row(@Nullable Schema schema, @Nullable Object row, TableName table) {
        if (row instanceof Struct struct) {
            return masked(plans.ofRow(struct.schema(), table), struct);
        }
        if (row instanceof Map<?, ?> map) {
            return schema == null ? masked(map, plain.row(map, table)) : masked(plans.ofRow(schema, table), map);
        }
        return null;
    }

    private @Nullable SchemaAndValue key(@Nullable Schema schema, @Nullable Object key, TableName table) {
        if (key instanceof Struct struct) {
            return masked(plans.ofKey(struct.schema(), table), struct);
        }
        if (key instanceof Map<?, ?> map) {
            return schema == null ? masked(map, plain.key(map, table)) : masked(plans.ofKey(schema, table), map);
        }
        return null;
    }

    private static @Nullable SchemaAndValue masked(Plan plan, Object value) {
        return plan.touches() ? new SchemaAndValue(plan.schema(), plan.of(value)) : null;
    }

    private static @Nullable SchemaAndValue masked(Map<?, ?> map, Map<?, ?> masked) {
        return masked == map ? null : new SchemaAndValue(null, masked);
    }

    private Headers headers(Headers headers, TableName table, boolean keyIsMasked) {
        if (headers.isEmpty()) {
            return headers;
        }
        Headers masked = headers;
        for (String name : HEADERS_WITH_KEYS) {
            Header header = headers.lastWithName(name);
            if (header == null || header.value() == null) {
                continue;
            }
            SchemaAndValue key = key(header.schema(), header.value(), table);
            boolean isUnreadable = keyIsMasked && !(header.value() instanceof Struct || header.value() instanceof Map);
            if (key != null || isUnreadable) {
                masked = masked == headers ? headers.duplicate() : masked;
                masked.remove(name);
                if (key != null) {
                    masked.add(name, key);
                }
            }
        }
        return masked;
    }
}
