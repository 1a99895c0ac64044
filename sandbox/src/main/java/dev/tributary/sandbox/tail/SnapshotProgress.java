// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.tail;

import dev.tributary.metrics.SnapshotStatusMXBean;
import dev.tributary.sandbox.ProgressBar;
import java.lang.management.ManagementFactory;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Locale;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** Shows the progress of a connector's snapshot in this JVM, read from its MBean. */
final class SnapshotProgress {

    private final ObjectName name;

    SnapshotProgress(String topicPrefix) {
        try {
            name = new ObjectName("dev.tributary:type=snapshot,server=" + ObjectName.quote(topicPrefix));
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Shows the progress on a bar, or erases the bar if no snapshot is running. */
    void show(ProgressBar bar) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        if (!server.isRegistered(name)) {
            bar.end();
            return;
        }
        try {
            SnapshotStatusMXBean status = JMX.newMXBeanProxy(server, name, SnapshotStatusMXBean.class);
            bar.show(
                    status.getPercent(),
                    String.format(
                            Locale.ROOT,
                            "%,d of about %,d rows, %,d rows/s, %d s left",
                            status.getRows(),
                            status.getEstimatedRows(),
                            status.getRowsPerSecond(),
                            Math.max(0, status.getSecondsLeft())));
        } catch (UndeclaredThrowableException e) {
            // The snapshot has just ended.
            bar.end();
        }
    }
}
