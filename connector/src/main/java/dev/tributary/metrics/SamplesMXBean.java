// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.List;

/**
 * The latest events of each topic: the MBean {@code dev.tributary:type=samples,server=<topic.prefix>}. There are some
 * only in a worker whose console is on.
 */
public interface SamplesMXBean {

    /** The topics of which there are events, sorted. */
    List<String> getTopics();

    /** The latest events of a topic, the oldest first. */
    List<EventSample> events(String topic);
}
