// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.ChangeEvents;
import dev.tributary.transforms.event.Operation;
import dev.tributary.transforms.outbox.InvalidRowException;
import dev.tributary.transforms.outbox.LogCounter;
import dev.tributary.transforms.outbox.Messages;
import dev.tributary.transforms.outbox.OutboxOptions;
import dev.tributary.transforms.outbox.OutboxTables;
import dev.tributary.transforms.outbox.Updates;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
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
public final class OutboxRouter<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    /** What the transform does, in a sentence. */
    public static final String OVERVIEW_DOC =
            "Turns the rows of an outbox table into messages: one column determines the topic, one is the"
                    + " key, one the value, and others can be sent as headers or next to the payload in the value."
                    + " Records of other tables pass through unchanged.";

    /** The options. */
    public static final ConfigDef CONFIG_DEF = OutboxOptions.CONFIG_DEF;

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
        OutboxOptions options = new OutboxOptions(configuration);
        tables = options.tables();
        updates = options.updates();
        messages = options.messages(tables);
    }

    @Override
    public synchronized @Nullable R apply(R record) {
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
     * A tombstone has only a topic and a key. If its topic is not named after the table, it directly follows its
     * delete.
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
                            + " insert a new row, or set " + OutboxOptions.UPDATES + "=warn to drop updates");
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
