// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import dev.tributary.transforms.options.OptionDefinition;
import dev.tributary.transforms.options.OptionValues;
import dev.tributary.transforms.route.IllegalName;
import dev.tributary.transforms.route.KeyField;
import dev.tributary.transforms.route.MissingValue;
import dev.tributary.transforms.route.RegexTopics;
import dev.tributary.transforms.route.TemplateTopics;
import dev.tributary.transforms.route.Topics;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
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
public final class RouteTopic<R extends ConnectRecord<R>> implements Transformation<R> {

    /** What the transform does, in a sentence. */
    public static final String OVERVIEW_DOC =
            "Sends records to another topic, determined by a template of table, operation, columns, key"
                    + " and headers, or by a regular expression on their topic.";

    static final String TOPIC = "topic";
    static final String REGEX = "regex";
    static final String REPLACEMENT = "replacement";
    static final String MISSING = "missing";
    static final String ILLEGAL = "illegal";
    static final String KEY_FIELD = "key.field";

    /** The options. */
    public static final ConfigDef CONFIG_DEF = OptionDefinition.define(
            "Route",
            OptionDefinition.text(TOPIC, "")
                    .highImportance()
                    .displayName("Topic")
                    .validatedBy("a name with variables: ${schema}.${table}", RouteTopic::checkTemplate)
                    .crossCheck(RouteTopic::onlyOneWay)
                    .documentation(
                            "The topic, with variables. ${schema} and ${table} are those of the table, ${topic} is the"
                                    + " topic of the record, ${op} the code of the operation. ${before.x} and"
                                    + " ${after.x} are columns of the row; ${row.x} is a column of the row after the"
                                    + " change, or before it for a delete; ${source.x} is a field of the event's"
                                    + " source, ${key.x} a field of the key, ${value.x} a field of any value,"
                                    + " ${header.x} a header. Nested fields are written with dots:"
                                    + " ${after.address.city}. Set either this option, or regex and replacement."),
            OptionDefinition.text(REGEX, "")
                    .displayName("Regular expression")
                    .validatedBy("a Java regular expression", RegexTopics::parse)
                    .documentation(
                            "Records whose whole topic it matches go to the topic that replacement gives; others keep"
                                    + " their topic."),
            OptionDefinition.text(REPLACEMENT, "")
                    .displayName("Replacement")
                    .crossCheck(RouteTopic::matchesRegex)
                    .documentation(
                            "The topic of records that regex matches: $1 is its first group, ${name} the group with"
                                    + " that name."),
            OptionDefinition.choice(MISSING, MissingValue.FAIL)
                    .displayName("Missing values")
                    .documentation(
                            "What happens to a record that has no value for a variable of topic. fail: it is an error."
                                    + " keep: the record keeps its topic."),
            OptionDefinition.choice(ILLEGAL, IllegalName.FAIL)
                    .displayName("Illegal names")
                    .documentation(
                            "What happens to a name that is not legal for a topic. A legal name has 1 to 249 of the"
                                    + " characters a to z, A to Z, 0 to 9, dot, _ and -. fail: it is an error. replace:"
                                    + " each other character becomes _, and a name that is too long is cut."),
            OptionDefinition.text(KEY_FIELD, "")
                    .displayName("Key field")
                    .documentation(
                            "The name of a field that is added to the key of each routed record. It holds the original"
                                    + " topic of the record, so that equal keys of several tables stay different in one"
                                    + " topic. Empty for none."));

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
        OptionValues options = new OptionValues(CONFIG_DEF, configuration);
        IllegalName illegal = options.choice(ILLEGAL, IllegalName.class);
        String template = options.textOrNull(TOPIC);
        topics = template == null
                ? new RegexTopics(options.getString(REGEX), options.getString(REPLACEMENT), illegal)
                : new TemplateTopics(template, options.choice(MISSING, MissingValue.class), illegal);
        String field = options.textOrNull(KEY_FIELD);
        keyField = field == null ? null : new KeyField(field);
    }

    private static void checkTemplate(String template) {
        if (!template.isEmpty()) {
            TemplateTopics.check(template);
        }
    }

    private static Optional<String> onlyOneWay(Map<String, Object> parsed) {
        Object template = parsed.get(TOPIC);
        Object regex = parsed.get(REGEX);
        if (template == null || regex == null || template.equals("") != regex.equals("")) {
            return Optional.empty();
        }
        return Optional.of(
                template.equals("")
                        ? "set either topic, such as ${schema}.${table}, or regex and replacement"
                        : "set either topic, or regex and replacement, but not both");
    }

    private static Optional<String> matchesRegex(Map<String, Object> parsed) {
        if (!(parsed.get(REGEX) instanceof String regex) || !(parsed.get(REPLACEMENT) instanceof String replacement)) {
            return Optional.empty();
        }
        if (regex.isEmpty() || replacement.isEmpty()) {
            return regex.isEmpty() == replacement.isEmpty()
                    ? Optional.empty()
                    : Optional.of("regex and replacement belong together: set both or neither");
        }
        try {
            RegexTopics.check(regex, replacement);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    @Override
    public R apply(R record) {
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
