// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.meter;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.tributary.sandbox.ConnectWorker;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/** Reads the usage of a JVM so far, of this one or a worker's, from the same counters. */
public final class JvmMeter implements AutoCloseable {

    private final OperatingSystemMXBean process;
    private final ThreadMXBean threads;
    private final List<GarbageCollectorMXBean> collectors;
    private final MemoryMXBean memory;
    private final @Nullable JMXConnector remote;

    private JvmMeter(MBeanServerConnection beans, @Nullable JMXConnector remote) throws IOException {
        this.process = ManagementFactory.getPlatformMXBean(beans, OperatingSystemMXBean.class);
        this.threads = ManagementFactory.getPlatformMXBean(beans, ThreadMXBean.class);
        this.collectors = ManagementFactory.getPlatformMXBeans(beans, GarbageCollectorMXBean.class);
        this.memory = ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class);
        this.remote = remote;
    }

    /** The meter of this JVM. */
    public static JvmMeter here() throws IOException {
        return new JvmMeter(ManagementFactory.getPlatformMBeanServer(), null);
    }

    /** The meter of a worker that was started with JMX. */
    @SuppressWarnings("BanJNDI") // the address is our own worker on loopback
    public static JvmMeter of(ConnectWorker worker) throws IOException {
        int port = worker.jmxPort().orElseThrow();
        JMXConnector remote = JMXConnectorFactory.connect(
                new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi"));
        return new JvmMeter(remote.getMBeanServerConnection(), remote);
    }

    public JvmReading read() {
        long cpu = process.getProcessCpuTime();
        long gcMillis = 0;
        long gcCount = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            gcMillis += collector.getCollectionTime();
            gcCount += collector.getCollectionCount();
        }
        return new JvmReading(cpu, allocated(), gcMillis, gcCount);
    }

    /** The heap in use now, including garbage. */
    public long heapBytes() {
        return memory.getHeapMemoryUsage().getUsed();
    }

    private Map<Long, Long> allocated() {
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        Map<Long, Long> allocated = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            // -1 for a thread that has just ended.
            if (bytes[i] >= 0) {
                allocated.put(ids[i], bytes[i]);
            }
        }
        return allocated;
    }

    @Override
    public void close() throws IOException {
        if (remote != null) {
            remote.close();
        }
    }
}
