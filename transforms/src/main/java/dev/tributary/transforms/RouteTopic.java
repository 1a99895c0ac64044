// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import dev.tributary.transforms.route.IllegalName;
import dev.tributary.transforms.route.KeyField;
import dev.tributary.transforms.route.MissingValue;
import dev.tributary.transforms.route.RouteOptions;
import dev.tributary.transforms.route.TemplateTopics;
import dev.tributary.transforms.route.Topics;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Sends records to another topic, determined by a template or by a regular expression. Value and headers stay as they
 * are, and are read only if the template asks for them. Only the key may get an additional field.
 *
 * @param <R> records of a source or of a sink
 */
public final class RouteTopic<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    /** What the transform does, in a sentence. */
    public static final String OVERVIEW_DOC =
            "Sends records to another topic, determined by a template of table, operation, columns, key"
                    + " and headers, or by a regular expression on their topic.";

    /** The options. */
    public static final ConfigDef CONFIG_DEF = RouteOptions.CONFIG_DEF;

    private Topics topics = new TemplateTopics("${topic}", MissingValue.KEEP, IllegalName.FAIL);
    private @Nullable KeyField keyField;

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public ConfigDef config() {
        return CONFIG_DEF;
    }

    /** @throws org.apache.kafka.common.config.ConfigException if an option is not valid, or options conflict */
    @Override
    public void configure(Map<String, ?> configuration) {
        RouteOptions options = new RouteOptions(configuration);
        topics = options.topics();
        keyField = options.keyField();
    }

    @Override
    public synchronized R apply(R record) {
        String topic = topics.of(record);
        if (topic == null || (keyField == null && topic.equals(record.topic()))) {
            return record;
        }
        Object key = keyField == null ? record.key() : keyField.of(record);
        Schema keySchema = keyField != null && key instanceof Struct struct ? struct.schema() : record.keySchema();
        return record.newRecord(
                topic,
                record.kafkaPartition(),
                keySchema,
                key,
                record.valueSchema(),
                record.value(),
                record.timestamp(),
                record.headers());
    }

    @Override
    public void close() {
        // Nothing to release.
    }
}
