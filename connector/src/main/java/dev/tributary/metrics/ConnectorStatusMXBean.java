// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.List;

/**
 * A connector of this JVM: the MBean {@code dev.tributary:type=connector,server=<topic.prefix>}. It exists while a
 * worker has the connector, also while it is paused or its task has failed.
 */
public interface ConnectorStatusMXBean {

    /** The name of the connector. */
    String getName();

    /** The version of this plugin. */
    String getVersion();

    /** The options in effect, sorted by name; secrets are hidden. */
    List<OptionStatus> getOptions();

    /** Checks configuration and database as before a start, and returns every finding. Takes up to some seconds. */
    List<FindingStatus> check();
}
