// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.cloudevent;

import dev.tributary.transforms.event.FieldPath;
import dev.tributary.transforms.options.OptionDefinition;
import dev.tributary.transforms.options.OptionValues;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/** The options of {@link dev.tributary.transforms.CloudEventHeaders}. */
public final class CloudEventOptions {

    private static final String SOURCE = "source";
    private static final String TYPE_PREFIX = "type.prefix";
    private static final String SUBJECT = "subject";
    private static final String CONTENT_TYPE = "content.type";

    private static final String KEY = "key";
    private static final String MEDIA_TYPE = "[\\w.+-]+/[\\w.+-]+(;.*)?";

    /** The options. */
    public static final ConfigDef CONFIG_DEF = OptionDefinition.define(
            "CloudEvents",
            OptionDefinition.text(SOURCE, "")
                    .highImportance()
                    .displayName("Source")
                    .validatedBy("a URI reference", CloudEventOptions::checkUri)
                    .documentation(
                            "ce_source: where the events come from, as a URI reference. If empty, it is derived from"
                                    + " the event as /connector/name/database, for example /postgresql/shop/shop, where"
                                    + " name is the connector's topic.prefix. Together with ce_id it identifies an"
                                    + " event."),
            OptionDefinition.text(TYPE_PREFIX, "")
                    .highImportance()
                    .displayName("Type prefix")
                    .validatedBy("text without spaces", CloudEventOptions::checkPrefix)
                    .documentation("The prefix of ce_type. The specification asks for a reversed DNS name, such as"
                            + " com.example. The rest is schema.table.created, .updated, .deleted, .read or"
                            + " .truncated; for a logical message it is message."),
            OptionDefinition.text(SUBJECT, KEY)
                    .displayName("Subject")
                    .validatedBy("key, a path such as after.order_no, or empty", CloudEventOptions::checkSubject)
                    .documentation(
                            "ce_subject: what the event is about. key: the values of the record's key, separated by /."
                                    + " A path names a field of the envelope: after.order_no. If the option is empty,"
                                    + " or the event has no such value, there is no ce_subject."),
            OptionDefinition.text(CONTENT_TYPE, "application/json")
                    .displayName("Content type")
                    .validatedBy("a media type, or empty", CloudEventOptions::checkMediaType)
                    .documentation("The header content-type, which says how the value is serialized. It must match the"
                            + " converter. Empty for no header."));

    private final OptionValues values;

    /** @throws org.apache.kafka.common.config.ConfigException if an option is not valid, or options conflict */
    public CloudEventOptions(Map<String, ?> configuration) {
        values = new OptionValues(CONFIG_DEF, configuration);
    }

    /** Null if it is derived from each event. */
    public @Nullable String source() {
        return values.textOrNull(SOURCE);
    }

    /** Empty, or with a dot at its end. */
    public String typePrefix() {
        String prefix = values.getString(TYPE_PREFIX);
        return prefix.isEmpty() || prefix.endsWith(".") ? prefix : prefix + ".";
    }

    public boolean keyIsSubject() {
        return KEY.equals(values.getString(SUBJECT));
    }

    /** The path of the subject in the envelope; null if the key is the subject, or there is none. */
    public @Nullable FieldPath subject() {
        String path = values.textOrNull(SUBJECT);
        return path == null || keyIsSubject() ? null : FieldPath.parse(path);
    }

    /** Null for no such header. */
    public @Nullable String contentType() {
        return values.textOrNull(CONTENT_TYPE);
    }

    private static void checkUri(String text) {
        try {
            new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("must be a URI reference: " + e.getReason());
        }
    }

    private static void checkPrefix(String text) {
        if (text.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("must not contain spaces");
        }
    }

    private static void checkSubject(String text) {
        if (!text.isEmpty() && !text.equals(KEY)) {
            FieldPath.parse(text);
        }
    }

    private static void checkMediaType(String text) {
        if (!text.isEmpty() && !Pattern.matches(MEDIA_TYPE, text)) {
            throw new IllegalArgumentException("must be a media type, such as application/json");
        }
    }
}
