// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.ChangeEvents;
import dev.tributary.transforms.event.FieldPath;
import dev.tributary.transforms.event.UnavailableValue;
import dev.tributary.transforms.filter.Condition;
import dev.tributary.transforms.filter.EvaluationException;
import dev.tributary.transforms.filter.EventVariables;
import dev.tributary.transforms.options.OptionDefinition;
import dev.tributary.transforms.options.OptionValues;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Keeps or drops change events by a condition in the Common Expression Language.
 *
 * @param <R> records of a source or of a sink
 */
public final class FilterRows<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    /** What the transform does, in a sentence. */
    public static final String OVERVIEW_DOC =
            "Keeps or drops change events by a condition on op, before, after, source, key and headers,"
                    + " written in the Common Expression Language (CEL) and compiled once.";

    static final String CONDITION = "condition";
    static final String ACTION = "action";
    static final String ON_ERROR = "on.error";
    static final String PLACEHOLDER = "unavailable.value.placeholder";

    private static final FieldPath SCHEMA = FieldPath.parse("schema");
    private static final FieldPath TABLE = FieldPath.parse("table");

    /** The options. */
    public static final ConfigDef CONFIG_DEF = OptionDefinition.define(
            "Filter",
            OptionDefinition.text(CONDITION, "")
                    .required()
                    .highImportance()
                    .displayName("Condition")
                    .validatedBy("a condition in CEL", Condition::compile)
                    .documentation(
                            "The condition that is evaluated for each event, such as: op == 'u' && after.status =="
                                    + " 'paid'. op is c, u, d, r, t or m; before and after are the row, or null;"
                                    + " source, key and headers can be named as well."),
            OptionDefinition.choice(ACTION, OnMatch.KEEP)
                    .highImportance()
                    .displayName("Action")
                    .documentation(
                            "keep: only events for which the condition is true are passed on. drop: only those for"
                                    + " which it is false."),
            OptionDefinition.choice(ON_ERROR, OnError.FAIL)
                    .displayName("On error")
                    .documentation(
                            "What happens to an event for which the condition cannot be evaluated, because a column"
                                    + " does not exist, was not sent, or has another type than the condition needs."
                                    + " fail: the task fails, or errors.tolerance decides. keep: the event is passed"
                                    + " on. drop: it is dropped."),
            OptionDefinition.text(PLACEHOLDER, UnavailableValue.DEFAULT)
                    .lowImportance()
                    .displayName("Placeholder")
                    .documentation(
                            "The placeholder that the connector writes for a value that Postgres did not send because"
                                    + " it did not change; a condition that reads it cannot be evaluated. Must be the"
                                    + " same as the connector's option of this name."));

    private final ChangeEvents events = new ChangeEvents();
    private @Nullable Condition condition;
    private OnMatch onMatch = OnMatch.KEEP;
    private OnError onError = OnError.FAIL;
    private UnavailableValue unavailable = new UnavailableValue(UnavailableValue.DEFAULT);

    /** What happens to the events for which the condition is true. */
    enum OnMatch {
        KEEP,
        DROP
    }

    /** What happens to an event for which the condition cannot be evaluated. */
    enum OnError {
        FAIL,
        KEEP,
        DROP
    }

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
        condition = Condition.compile(options.getString(CONDITION));
        onMatch = options.choice(ACTION, OnMatch.class);
        onError = options.choice(ON_ERROR, OnError.class);
        unavailable = new UnavailableValue(options.getString(PLACEHOLDER));
    }

    /** @throws DataException if the condition cannot be evaluated and on.error is fail */
    @Override
    public synchronized @Nullable R apply(R record) {
        ChangeEvent event = events.of(record);
        return event == null || isKept(record, event) ? record : null;
    }

    private boolean isKept(R record, ChangeEvent event) {
        if (condition == null) {
            throw new IllegalStateException("configure was not called");
        }
        try {
            return condition.holds(new EventVariables(record, event, unavailable)) == (onMatch == OnMatch.KEEP);
        } catch (EvaluationException e) {
            return switch (onError) {
                case FAIL ->
                    throw new DataException("The condition of FilterRows cannot be evaluated for an event of "
                            + SCHEMA.in(event.source()) + "." + TABLE.in(event.source()) + ", topic " + record.topic()
                            + ", op " + event.operation().code() + ": " + e.getMessage()
                            + ". Fix: change the condition, or set on.error to keep or drop");
                case KEEP -> true;
                case DROP -> false;
            };
        }
    }

    @Override
    public void close() {
        // Nothing to release.
    }
}
