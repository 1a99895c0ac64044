// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.route;

import dev.tributary.transforms.options.OptionDefinition;
import dev.tributary.transforms.options.OptionValues;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/** The options of {@link dev.tributary.transforms.RouteTopic}, and the parts that they configure. */
public final class RouteOptions {

    private static final String TOPIC = "topic";
    private static final String REGEX = "regex";
    private static final String REPLACEMENT = "replacement";
    private static final String MISSING = "missing";
    private static final String ILLEGAL = "illegal";
    private static final String KEY_FIELD = "key.field";

    /** The options. */
    public static final ConfigDef CONFIG_DEF = OptionDefinition.define(
            "Route",
            OptionDefinition.text(TOPIC, "")
                    .highImportance()
                    .displayName("Topic")
                    .validatedBy("a name with variables: ${schema}.${table}", RouteOptions::checkTemplate)
                    .crossCheck(RouteOptions::onlyOneWay)
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
                    .crossCheck(RouteOptions::matchesRegex)
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

    private final OptionValues values;

    /** @throws org.apache.kafka.common.config.ConfigException if an option is not valid, or options conflict */
    public RouteOptions(Map<String, ?> configuration) {
        values = new OptionValues(CONFIG_DEF, configuration);
    }

    public Topics topics() {
        IllegalName illegal = values.choice(ILLEGAL, IllegalName.class);
        String template = values.textOrNull(TOPIC);
        return template == null
                ? new RegexTopics(values.getString(REGEX), values.getString(REPLACEMENT), illegal)
                : new TemplateTopics(template, values.choice(MISSING, MissingValue.class), illegal);
    }

    /** Null if keys stay as they are. */
    public @Nullable KeyField keyField() {
        String field = values.textOrNull(KEY_FIELD);
        return field == null ? null : new KeyField(field);
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
}
