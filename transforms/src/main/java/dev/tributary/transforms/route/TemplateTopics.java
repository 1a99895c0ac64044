// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.route;

import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.ChangeEvents;
import dev.tributary.transforms.event.Operation;
import dev.tributary.transforms.event.TableName;
import dev.tributary.transforms.event.TableResolver;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Routes by a template. It routes change events, flat rows of a known table, and tombstones; other records, such as
 * heartbeats and logical messages, keep their topic. Not thread-safe.
 *
 * <p>A tombstone must go to the topic of the row that it removes, but has no columns to determine it by. So the
 * tombstone after a delete follows the delete.
 */
public final class TemplateTopics implements Topics {

    private final TopicTemplate template;
    private final MissingValue missing;
    private final LegalTopicNames names;
    private final ChangeEvents events = new ChangeEvents();
    private final TableResolver tables = new TableResolver();

    /** The values of the last routed record: usually the next one has the same, and goes to the same topic. */
    private final @Nullable Object[] lastValues;

    private @Nullable String lastTopic;
    private @Nullable Delete lastDelete;

    /** @throws IllegalArgumentException if the template is not valid, or can never give a legal name */
    public TemplateTopics(String template, MissingValue missing, IllegalName illegal) {
        this.template = TopicTemplate.parse(template);
        this.missing = missing;
        this.names = new LegalTopicNames(illegal);
        this.lastValues = new @Nullable Object[this.template.variables().size()];
    }

    /** @throws IllegalArgumentException if the template is not valid, or can never give a legal name */
    public static void check(String template) {
        TopicTemplate.parse(template);
    }

    @Override
    public @Nullable String of(ConnectRecord<?> record) {
        Object value = record.value();
        ChangeEvent event = events.of(record);
        TableName table = tables.resolve(record, event);
        if (value == null) {
            Delete before = lastDelete;
            lastDelete = null;
            return before != null && before.isOf(record) ? before.routed : topicOf(record, null, table);
        }
        if (event == null) {
            boolean isRow = table != null && (value instanceof Struct || value instanceof Map);
            return isRow ? topicOf(record, null, table) : null;
        }
        lastDelete = null;
        if (event.operation() == Operation.MESSAGE) {
            return null;
        }
        String routed = topicOf(record, event, table);
        if (event.operation() == Operation.DELETE) {
            lastDelete = new Delete(record.topic(), record.key(), routed);
        }
        return routed;
    }

    private @Nullable String topicOf(ConnectRecord<?> record, @Nullable ChangeEvent event, @Nullable TableName table) {
        for (int i = 0; i < lastValues.length; i++) {
            Variable variable = template.variables().get(i);
            Object value = variable.of(record, event, table);
            if (value == null) {
                if (missing == MissingValue.KEEP) {
                    return null;
                }
                throw new DataException(variable + " has no value in " + described(record, event, table)
                        + "; missing=keep lets such records keep their topic");
            }
            if (!value.equals(lastValues[i])) {
                lastTopic = null;
                lastValues[i] = value;
            }
        }
        String topic = lastTopic;
        if (topic == null) {
            topic = fill(record, event, table);
            lastTopic = topic;
        }
        return topic;
    }

    private String fill(ConnectRecord<?> record, @Nullable ChangeEvent event, @Nullable TableName table) {
        String[] texts = new String[lastValues.length];
        for (int i = 0; i < texts.length; i++) {
            Variable variable = template.variables().get(i);
            texts[i] = Variable.text(Objects.requireNonNull(lastValues[i]))
                    .orElseThrow(() -> new DataException(variable + " is not text, a number or a boolean in "
                            + described(record, event, table) + "; only these can be part of a topic's name"));
        }
        return names.legal(template.fill(texts))
                .orElseThrow(() -> new DataException(fault(texts) + " in " + described(record, event, table)
                        + "; a topic's name consists of " + LegalTopicNames.CHARACTERS
                        + ". Fix: change the value or the template, or set illegal=replace"));
    }

    private String fault(String[] texts) {
        for (int i = 0; i < texts.length; i++) {
            Optional<String> fault = LegalTopicNames.characterFault(texts[i]);
            if (fault.isPresent()) {
                return template.variables().get(i) + " " + fault.get();
            }
        }
        return "the topic's name "
                + LegalTopicNames.wholeFault(template.fill(texts)).orElseThrow();
    }

    private static String described(ConnectRecord<?> record, @Nullable ChangeEvent event, @Nullable TableName table) {
        String what = record.value() == null ? "tombstone" : "row";
        if (event != null) {
            what = event.operation().name().toLowerCase(Locale.ROOT);
        }
        return "the " + what + " of " + (table == null ? "an unknown table" : "table " + table) + " in topic "
                + record.topic();
    }

    /**
     * Where a delete went.
     *
     * @param routed null if it kept its topic
     */
    private record Delete(
            String topic, @Nullable Object key, @Nullable String routed) {

        boolean isOf(ConnectRecord<?> tombstone) {
            return topic.equals(tombstone.topic()) && Objects.equals(key, tombstone.key());
        }
    }
}
