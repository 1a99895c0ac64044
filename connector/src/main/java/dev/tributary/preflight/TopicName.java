// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.postgres.TableName;
import dev.tributary.preflight.PreflightRequest.TopicNaming;

/**
 * The topic of a table under Debezium's default naming strategy.
 *
 * @param requested prefix, schema and table joined by the delimiter
 * @param actual the same, with an underscore for every character that Kafka does not allow, cut to 249 characters
 */
record TopicName(String requested, String actual) {

    /** Kafka's limit, see {@code org.apache.kafka.common.internals.Topic}. */
    static final int LONGEST = 249;

    static TopicName of(TableName table, TopicNaming naming) {
        var requested = String.join(naming.delimiter(), naming.prefix(), table.schema(), table.name());
        var legal = requested.replaceAll("[^a-zA-Z0-9._-]", "_");
        return new TopicName(requested, legal.length() > LONGEST ? legal.substring(0, LONGEST) : legal);
    }

    /** Whether Debezium changes the requested name. */
    boolean changed() {
        return !requested.equals(actual);
    }

    /** The form that Kafka compares: it refuses a topic that differs from another only in dots and underscores. */
    String forCollision() {
        return actual.replace('.', '_');
    }
}
