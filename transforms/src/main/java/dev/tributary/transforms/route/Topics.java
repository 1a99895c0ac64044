// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.route;

import org.apache.kafka.connect.connector.ConnectRecord;
import org.jspecify.annotations.Nullable;

/** Determines the topic of a record. */
public sealed interface Topics permits TemplateTopics, RegexTopics {

    /**
     * A legal name; null if the record is not routed and keeps its topic.
     *
     * @throws org.apache.kafka.connect.errors.DataException if there is no legal name, and the record must not keep its
     *     topic
     */
    @Nullable
    String of(ConnectRecord<?> record);
}
