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

/** Shows how far the snapshot of a connector in this JVM is, as its MBean tells. */
final class SnapshotProgress {

    private final ObjectName name;

    SnapshotProgress(String topicPrefix) {
        try {
            name = new ObjectName("dev.tributary:type=snapshot,server=" + ObjectName.quote(topicPrefix));
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Shows it on a bar, or takes the bar away if no snapshot is under way. */
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
            // It has come to its end just now.
            bar.end();
        }
    }
}
