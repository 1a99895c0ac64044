// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.meter;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Whose code the CPU time of a worker was spent in, from the stacks of samples.
 *
 * @param samples the number of samples of each owner
 */
public record CpuShares(Map<Owner, Long> samples) {

    /** Whose code it is. The time of the JDK and of the kernel is that of the nearest caller among these. */
    public enum Owner {
        /** The task: the connector, Debezium's framework and pgjdbc. */
        CAPTURE("capture (Tributary, Debezium's framework, pgjdbc)"),
        /** The converter. */
        CONVERTER("converter (Tributary)"),
        /** The producer: its buffers, compression and connections. */
        PRODUCER("Kafka's producer"),
        /** The runtime of Connect: its loop for each record, offsets, metrics, REST. */
        CONNECT("Kafka Connect"),
        /** Threads without Java frames. */
        JVM("the JVM: garbage collection, compilation"),
        /** Everything else. */
        OTHER("other");

        private final String title;

        Owner(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        /** Whether it is what this project makes. */
        public boolean isOurs() {
            return this == CAPTURE || this == CONVERTER;
        }
    }

    /** Prefixes of classes, the longer of two before the shorter. */
    private static final List<Map.Entry<String, Owner>> CLASSES = List.of(
            Map.entry("dev/tributary/json/", Owner.CONVERTER),
            Map.entry("dev/tributary/avro/", Owner.CONVERTER),
            Map.entry("dev/tributary/", Owner.CAPTURE),
            Map.entry("io/debezium/", Owner.CAPTURE),
            Map.entry("org/postgresql/", Owner.CAPTURE),
            Map.entry("org/apache/kafka/clients/", Owner.PRODUCER),
            Map.entry("org/apache/kafka/common/record/", Owner.PRODUCER),
            Map.entry("org/apache/kafka/common/network/", Owner.PRODUCER),
            Map.entry("org/apache/kafka/common/compress/", Owner.PRODUCER),
            Map.entry("org/apache/kafka/common/requests/", Owner.PRODUCER),
            Map.entry("org/apache/kafka/connect/", Owner.CONNECT));

    /** Rows are read by a converter as well as by the capture. */
    private static final String ROWS = "dev/tributary/row/";

    public CpuShares {
        samples = Map.copyOf(samples);
    }

    /** @param collapsed lines of a thread and its frames, separated by semicolons, and after a blank a count */
    public static CpuShares of(List<String> collapsed) {
        Map<Owner, Long> samples = new EnumMap<>(Owner.class);
        for (String line : collapsed) {
            int blank = line.lastIndexOf(' ');
            String[] frames = line.substring(0, blank).split(";", -1);
            samples.merge(owner(frames), Long.parseLong(line.substring(blank + 1)), Long::sum);
        }
        return new CpuShares(samples);
    }

    private static Owner owner(String[] frames) {
        boolean hasJava = false;
        // The first frame is the name of the thread.
        for (int i = frames.length - 1; i > 0; i--) {
            String frame = frames[i];
            if (frame.startsWith(ROWS)) {
                continue;
            }
            for (Map.Entry<String, Owner> classes : CLASSES) {
                if (frame.startsWith(classes.getKey())) {
                    return classes.getValue();
                }
            }
            hasJava |= frame.startsWith("java/");
        }
        return hasJava ? Owner.OTHER : Owner.JVM;
    }

    /** The part of an owner, from 0 to 1. */
    public double part(Owner owner) {
        long all = samples.values().stream().mapToLong(Long::longValue).sum();
        return all == 0 ? 0 : (double) samples.getOrDefault(owner, 0L) / all;
    }
}
