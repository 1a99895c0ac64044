// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * The options about transactions of Kafka: ours, and those of Connect that the connector has to know.
 *
 * @param byConnector whether {@code transaction.boundary=connector} is asked for
 * @param groupLongest how long source transactions are collected while more arrive
 * @param groupBytes how many bytes a group of them has at most
 * @param largestBytes how many bytes of one source transaction one Kafka transaction has at most
 * @param oversize what happens to larger ones
 * @param producerTimeout after how long the broker aborts a transaction of the producer: its default, or the override
 *     of the connector. A setting of the worker is not known here
 * @param metadata whether events say where transactions begin and end: {@code provide.transaction.metadata}
 */
public record TransactionOptions(
        boolean byConnector,
        Duration groupLongest,
        long groupBytes,
        long largestBytes,
        Oversize oversize,
        Duration producerTimeout,
        boolean metadata) {

    /** Connect's option for who defines the boundaries of Kafka's transactions. */
    public static final String BOUNDARY = "transaction.boundary";

    /** The option of the producer, as a connector overrides it. */
    public static final String PRODUCER_TIMEOUT = "producer.override.transaction.timeout.ms";

    static final NumberOption GROUP_MAX_MS = new NumberOption(
            OptionNames.TRANSACTION_GROUP_MAX_MS,
            "Longest collecting of transactions",
            OptionGroup.PIPELINE,
            Importance.LOW,
            100L);

    static final NumberOption GROUP_MAX_BYTES = new NumberOption(
            OptionNames.TRANSACTION_GROUP_MAX_BYTES,
            "Largest group of transactions",
            OptionGroup.PIPELINE,
            Importance.LOW,
            null);

    static final NumberOption MAX_BYTES = new NumberOption(
            OptionNames.TRANSACTION_MAX_BYTES, "Largest transaction", OptionGroup.PIPELINE, Importance.MEDIUM, null);

    static final EnumOption<Oversize> OVERSIZE = new EnumOption<>(
            OptionNames.TRANSACTION_OVERSIZE,
            "Larger transactions",
            OptionGroup.PIPELINE,
            Importance.MEDIUM,
            Oversize.SPLIT);

    private static final Duration KAFKAS_DEFAULT = Duration.ofMinutes(1);

    /** Connect and the queue hold a transaction and the next one at the same time, and need more than their bytes. */
    private static final long HEAP_SHARE = 8;

    private static final long GROUP_HEAP_SHARE = 32;
    private static final long LARGEST_GROUP = 64L << 20;

    /** The options in a configuration that was validated. */
    public static TransactionOptions of(ConnectorConfig config) {
        return of(config.properties(), Runtime.getRuntime().maxMemory());
    }

    static TransactionOptions of(Map<String, String> properties, long heapBytes) {
        return new TransactionOptions(
                "connector".equalsIgnoreCase(properties.get(BOUNDARY)),
                Duration.ofMillis(GROUP_MAX_MS.valueIn(properties, 0)),
                GROUP_MAX_BYTES.valueIn(properties, Math.min(LARGEST_GROUP, heapBytes / GROUP_HEAP_SHARE)),
                MAX_BYTES.valueIn(properties, heapBytes / HEAP_SHARE),
                OVERSIZE.valueIn(properties),
                producerTimeout(properties),
                Boolean.parseBoolean(properties.get("provide.transaction.metadata")));
    }

    /** The options that are changed, and have no effect because the connector does not define the boundaries. */
    public static List<String> withoutEffect(ConnectorConfig config) {
        Map<String, String> properties = config.properties();
        if (of(config).byConnector()) {
            return List.of();
        }
        Stream<String> numbers = Stream.of(GROUP_MAX_MS, GROUP_MAX_BYTES, MAX_BYTES)
                .filter(option -> option.isChangedIn(properties))
                .map(NumberOption::name);
        Stream<String> oversize =
                Stream.of(OVERSIZE.name()).filter(any -> OVERSIZE.valueIn(properties) != OVERSIZE.defaultValue());
        return Stream.concat(numbers, oversize).toList();
    }

    static Duration producerTimeout(Map<String, String> properties) {
        String text = properties.getOrDefault(PRODUCER_TIMEOUT, "").strip();
        // Kafka reports anything else when it makes the producer.
        return text.matches("\\d{1,10}") ? Duration.ofMillis(Long.parseLong(text)) : KAFKAS_DEFAULT;
    }
}
