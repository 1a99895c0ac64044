// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.row.EnumLabels;
import dev.tributary.row.RowCodec;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A captured table as the last relation message described it. */
final class Relation {

    private final Table described;
    private final TableSchema schema;
    private final RowCodec values;
    private final @Nullable RowCodec keys;
    private final @Nullable OldKeys oldKeys;
    private final OldRowColumns oldRows;
    private final RequiredColumns required;
    private final EnumLabels labels;
    private boolean asked;
    private @Nullable DirectTable direct;

    /**
     * @param described its columns as of that message
     * @param schema Debezium's schema of its events
     * @param values the codec of its rows
     * @param keys the codec of their keys; null if its records have no key
     * @param oldKeys the keys of rows that were updated or deleted; null if its records have no key
     * @param oldRows which columns its old rows contain
     * @param required which columns have no nulls in the schema
     * @param labels the enum labels that the schema contains
     */
    Relation(
            Table described,
            TableSchema schema,
            RowCodec values,
            @Nullable RowCodec keys,
            @Nullable OldKeys oldKeys,
            OldRowColumns oldRows,
            RequiredColumns required,
            EnumLabels labels) {
        this.described = described;
        this.schema = schema;
        this.values = values;
        this.keys = keys;
        this.oldKeys = oldKeys;
        this.oldRows = oldRows;
        this.required = required;
        this.labels = labels;
    }

    TableId table() {
        return described.id();
    }

    Table described() {
        return described;
    }

    TableSchema schema() {
        return schema;
    }

    RowCodec values() {
        return values;
    }

    @Nullable
    RowCodec keys() {
        return keys;
    }

    @Nullable
    OldKeys oldKeys() {
        return oldKeys;
    }

    OldRowColumns oldRows() {
        return oldRows;
    }

    RequiredColumns required() {
        return required;
    }

    EnumLabels labels() {
        return labels;
    }

    /**
     * Makes its events without Debezium's dispatcher; null if the dispatcher is needed. Decided at the first change.
     */
    @Nullable
    DirectTable direct(DirectTables factory) {
        if (!asked) {
            direct = factory.of(this).orElse(null);
            asked = true;
        }
        return direct;
    }

    /** Decides whether Debezium's dispatcher is needed. */
    @FunctionalInterface
    interface DirectTables {
        Optional<DirectTable> of(Relation relation);
    }
}
