// SPDX-License-Identifier: Apache-2.0
package dev.tributary.plan;

import dev.tributary.capture.EventSchemas;
import dev.tributary.config.TopicCreation;
import java.util.Optional;

/**
 * A topic, as Connect creates it if it does not exist.
 *
 * @param name its name
 * @param content what it is for: {@code schema.table}, or the kind of metadata
 * @param creation what Connect creates it with; empty if {@code topic.creation.*} is not set, so that the broker
 *     creates it, if it may
 * @param schemas the schemas of its events before transforms; empty for metadata, and if they are not known
 */
public record PlannedTopic(
        String name,
        String content,
        Optional<TopicCreation.Settings> creation,
        Optional<EventSchemas.OfTable> schemas) {}
