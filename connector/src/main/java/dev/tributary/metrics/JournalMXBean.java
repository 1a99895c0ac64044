// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.List;

/**
 * What happened to a connector in this JVM: the MBean {@code dev.tributary:type=journal,server=<topic.prefix>}. It
 * stays when a task ends, so that it says why.
 */
public interface JournalMXBean {

    /** The last entries, the oldest first; no more than {@value Journal#CAPACITY}. */
    List<JournalEntry> getEntries();
}
