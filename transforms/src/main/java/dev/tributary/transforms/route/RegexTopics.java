// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.route;

import dev.tributary.transforms.event.BoundedCache;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Routes by a regular expression on the topic of a record, as Kafka's {@code RegexRouter} does: a record is routed if
 * its whole topic matches. Not thread-safe.
 */
public final class RegexTopics implements Topics {

    private final Pattern pattern;
    private final String replacement;
    private final LegalTopicNames names;
    private final BoundedCache<String, Optional<String>> routed = new BoundedCache<>(this::route);

    /** @throws IllegalArgumentException if the expression or the replacement is not valid */
    public RegexTopics(String regex, String replacement, IllegalName illegal) {
        this.pattern = parse(regex);
        this.replacement = replacement;
        this.names = new LegalTopicNames(illegal);
        check(regex, replacement);
    }

    /** @throws IllegalArgumentException if the text is not a regular expression */
    public static Pattern parse(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "it is not a regular expression: " + e.getDescription() + " near position " + (e.getIndex() + 1),
                    e);
        }
    }

    /** @throws IllegalArgumentException if the replacement names a group that the expression does not have */
    public static void check(String regex, String replacement) {
        try {
            // With an empty alternative, the expression matches nothing of the text, and still has its groups.
            String ignored = Pattern.compile("|" + regex).matcher("").replaceFirst(replacement);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("it does not match regex: " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable String of(ConnectRecord<?> record) {
        String topic = record.topic();
        return topic == null ? null : routed.get(topic).orElse(null);
    }

    private Optional<String> route(String topic) {
        Matcher matcher = pattern.matcher(topic);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String name = matcher.replaceFirst(replacement);
        return Optional.of(names.legal(name)
                .orElseThrow(() -> new DataException("The name that regex and replacement give for topic " + topic + " "
                        + LegalTopicNames.characterFault(name)
                                .or(() -> LegalTopicNames.wholeFault(name))
                                .orElseThrow()
                        + "; a topic's name consists of " + LegalTopicNames.CHARACTERS
                        + ". Fix: change replacement, or set illegal=replace")));
    }
}
