// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.arena;

import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.SandboxException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * What a connector occupies.
 *
 * @param threads the threads of connectors on all workers
 * @param heapBytes what lives in their heaps
 * @param sessions the sessions of its role in Postgres
 * @param slots the logical slots of the primary, temporary ones included
 * @param retainedBytes the WAL that its slot retains
 */
record Footprint(int threads, long heapBytes, int sessions, int slots, long retainedBytes) {

    private static final int MORE_THREADS = 6;
    private static final int MORE_SESSIONS = 6;
    private static final Pattern OF_CONNECTORS = Pattern.compile("tributary|debezium");
    private static final long MORE_HEAP = 150L << 20;
    private static final long MOST_RETAINED = 64L << 20;

    @SuppressWarnings("BanJNDI") // of workers that this program has started
    static Footprint of(Arena arena) {
        int threads = 0;
        long heap = 0;
        for (ConnectWorker worker : arena.connect().workers()) {
            String address = "service:jmx:rmi:///jndi/rmi://127.0.0.1:"
                    + worker.jmxPort().orElseThrow() + "/jmxrmi";
            try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
                MBeanServerConnection beans = connector.getMBeanServerConnection();
                ObjectName memory = new ObjectName("java.lang:type=Memory");
                beans.invoke(memory, "gc", new Object[0], new String[0]);
                heap += (long) ((CompositeData) beans.getAttribute(memory, "HeapMemoryUsage")).get("used");
                threads += threadsOfConnectors(beans);
            } catch (IOException | JMException e) {
                throw new SandboxException("no JMX of " + worker, e);
            }
        }
        return new Footprint(
                threads,
                heap,
                Integer.parseInt(
                        arena.query("SELECT count(*) FROM pg_stat_activity WHERE usename = '" + Arena.ROLE + "'")),
                Integer.parseInt(arena.query("SELECT count(*) FROM pg_replication_slots WHERE slot_type = 'logical'")),
                Long.parseLong("0"
                        + arena.query("SELECT (pg_current_wal_lsn() - restart_lsn)::bigint FROM pg_replication_slots"
                                + " WHERE slot_name = '" + Arena.SLOT + "'")));
    }

    /** Connect's own come and go with requests and rebalances. */
    private static int threadsOfConnectors(MBeanServerConnection beans) throws IOException {
        ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(
                beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        return (int) Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(thread -> thread != null
                        && OF_CONNECTORS.matcher(thread.getThreadName()).find())
                .count();
    }

    /** What is not back to normal, compared with the beginning. */
    List<String> excess(Footprint begin) {
        List<String> excess = new ArrayList<>();
        add(excess, "threads of the workers", threads, begin.threads + MORE_THREADS);
        add(excess, "bytes in the heaps of the workers", heapBytes, begin.heapBytes + MORE_HEAP);
        add(excess, "sessions in Postgres", sessions, begin.sessions + MORE_SESSIONS);
        add(excess, "logical slots", slots, 1);
        add(excess, "bytes of WAL that the slot retains", retainedBytes, MOST_RETAINED);
        return excess;
    }

    private static void add(List<String> excess, String what, long found, long most) {
        if (found > most) {
            excess.add(String.format(Locale.ROOT, "%,d %s at the end, more than %,d", found, what, most));
        }
    }
}
