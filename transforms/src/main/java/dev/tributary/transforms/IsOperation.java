// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.ChangeEvents;
import dev.tributary.transforms.event.Operations;
import dev.tributary.transforms.options.OptionDefinition;
import dev.tributary.transforms.options.OptionValues;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.predicates.Predicate;

/**
 * True for records that are events of certain operations.
 *
 * <p>A record that is not a change event has no operation: a heartbeat, a flat row, and a tombstone unless
 * {@code tombstone} is listed.
 *
 * @param <R> records of a source or of a sink
 */
public final class IsOperation<R extends ConnectRecord<R>> implements Predicate<R>, Versioned {

    /** What the predicate does, in a sentence. */
    public static final String OVERVIEW_DOC =
            "True for change events of certain operations, such as deletes, so that a transform is"
                    + " applied only to these or, with negate, to all others.";

    static final String OPERATIONS = "operations";

    /** The options. */
    public static final ConfigDef CONFIG_DEF = OptionDefinition.define(
            "Operation",
            OptionDefinition.list(OPERATIONS, List.of())
                    .required()
                    .highImportance()
                    .displayName("Operations")
                    .listValidatedBy("a list of " + Operations.ENTRIES, Operations::parse)
                    .documentation("The operations for which the predicate is true, by their codes as in op of the"
                            + " envelope, or by their names. read is a row of a snapshot, message a logical message."
                            + " Tombstones have no operation and are listed as tombstone: delete,tombstone is"
                            + " everything that results from a delete."));

    private final ChangeEvents events = new ChangeEvents();
    private Operations operations = new Operations(Set.of(), false);

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
        operations = Operations.parse(new OptionValues(CONFIG_DEF, configuration).getList(OPERATIONS));
    }

    @Override
    public synchronized boolean test(R record) {
        if (record.value() == null) {
            return operations.tombstones();
        }
        ChangeEvent event = events.of(record);
        return event != null && operations.chosen().contains(event.operation());
    }

    @Override
    public void close() {
        // Nothing to release.
    }
}
