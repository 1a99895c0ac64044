// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.ChangeEvents;
import dev.tributary.transforms.event.Operation;
import dev.tributary.transforms.event.TableName;
import dev.tributary.transforms.mask.MaskOptions;
import dev.tributary.transforms.mask.RecordMasker;
import dev.tributary.transforms.mask.StrictTableResolver;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Keeps personal data out of topics: columns that rules name are set to null, redacted, truncated, hashed or encrypted,
 * in the rows of change events, in flat rows and in the keys of records.
 *
 * <p>A record in which no rule names anything is passed on as it is, and its row is not read.
 *
 * @param <R> records of a source or of a sink
 */
public final class MaskFields<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    /** What the transform does, in a sentence. */
    public static final String OVERVIEW_DOC =
            "Keeps personal data out of topics: rules replace columns, fields inside them and parts of"
                    + " JSON documents with null, a fixed value, their first characters, a hash or an encrypted"
                    + " text, in change events, flat rows and keys.";

    /** The options. */
    public static final ConfigDef CONFIG_DEF = MaskOptions.CONFIG_DEF;

    private final ChangeEvents events = ChangeEvents.andWhatLooksLikeThem();
    private final StrictTableResolver tables = new StrictTableResolver();
    private @Nullable RecordMasker<R> masker;

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
        masker = new MaskOptions(configuration).masker();
    }

    @Override
    public synchronized R apply(R record) {
        ChangeEvent event = record.value() == null ? null : events.of(record);
        if (event != null && event.operation() == Operation.MESSAGE) {
            return record;
        }
        TableName table = tables.resolve(record, event);
        RecordMasker<R> configured = Objects.requireNonNull(masker, "configure was not called");
        if (table != null) {
            return configured.of(record, event, table);
        }
        return event == null ? configured.ofUnknownTable(record) : record;
    }

    @Override
    public void close() {
        // Nothing to release.
    }
}
