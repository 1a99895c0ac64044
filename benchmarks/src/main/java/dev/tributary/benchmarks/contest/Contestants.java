// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import java.util.List;
import java.util.Map;

/** Those who are measured. The options of each are the sum of the parts named with it. */
public final class Contestants {

    private static final String CONNECTS_CONVERTER = "org.apache.kafka.connect.json.JsonConverter";

    /** The class of our converter. */
    private static final String OUR_CONVERTER = "dev.tributary.json.TributaryJsonConverter";

    private static final Map<String, String> STOCK = Map.of(
            "connector.class",
            Contestant.STOCK,
            // The default needs a plugin that has to be installed in the server.
            "plugin.name",
            "pgoutput",
            "snapshot.mode",
            "no_data",
            "key.converter",
            CONNECTS_CONVERTER,
            "value.converter",
            CONNECTS_CONVERTER);

    private static final Map<String, String> TRIBUTARY = Map.of(
            "connector.class",
            Contestant.OURS,
            "snapshot.mode",
            "no_data",
            "key.converter",
            OUR_CONVERTER,
            "value.converter",
            OUR_CONVERTER);

    private static final Map<String, String> TUNED = Map.of(
            "max.batch.size", "8192",
            "max.queue.size", "32768",
            "poll.interval.ms", "10",
            "statistics.metrics.enabled", "false",
            "extended.headers.enabled", "false");

    private static final Map<String, String> PRODUCER = Map.of(
            "producer.override.batch.size", "524288",
            "producer.override.linger.ms", "20",
            "producer.override.compression.type", "lz4");

    private static final Map<String, String> AT_ONCE = Map.of("producer.override.linger.ms", "0");

    public static final Contestant STOCK_DEFAULT =
            new Contestant("stock-default", "Debezium, default", STOCK).with(schemas(false));

    public static final Contestant STOCK_TUNED = new Contestant("stock-tuned", "Debezium, tuned", STOCK)
            .with(schemas(false))
            .with(TUNED)
            .with(PRODUCER);

    public static final Contestant OURS =
            new Contestant("ours", "Tributary", TRIBUTARY).with(schemas(false)).with(PRODUCER);

    private Contestants() {}

    /** Those who drain a backlog. */
    public static List<Contestant> ofStream() {
        return List.of(
                STOCK_DEFAULT,
                STOCK_TUNED,
                OURS,
                new Contestant("ours-plain", "Tributary, producer's defaults", TRIBUTARY).with(schemas(false)),
                new Contestant("ours-schemas", "Tributary, schemas.enable=true", TRIBUTARY)
                        .with(schemas(true))
                        .with(PRODUCER),
                // Connect's converter reads every field of every struct, as one for Avro or Protobuf does.
                new Contestant("ours-struct", "Tributary, Connect's JsonConverter", TRIBUTARY)
                        .with(schemas(false))
                        .with(Map.of("key.converter", CONNECTS_CONVERTER, "value.converter", CONNECTS_CONVERTER))
                        .with(PRODUCER));
    }

    /** Those whose latency is measured. */
    public static List<Contestant> ofLatency() {
        return List.of(
                STOCK_DEFAULT.with(AT_ONCE),
                new Contestant("stock-poll", "Debezium, poll.interval.ms=10", STOCK)
                        .with(schemas(false))
                        .with(Map.of("poll.interval.ms", "10"))
                        .with(AT_ONCE),
                new Contestant("ours", "Tributary", TRIBUTARY)
                        .with(schemas(false))
                        .with(AT_ONCE));
    }

    /** The one that is given a long transaction in a small heap: with nothing set for that. */
    public static Contestant ofLongTransaction() {
        return new Contestant("ours-long", "Tributary", TRIBUTARY).with(schemas(false));
    }

    /** The one that is given huge rows in a small heap: its producer is allowed to send them. */
    public static Contestant ofHugeRows(long largestRecord) {
        return new Contestant("ours-huge", "Tributary", TRIBUTARY)
                .with(schemas(false))
                .with(Map.of(
                        "producer.override.max.request.size", Long.toString(largestRecord),
                        "producer.override.buffer.memory", Long.toString(largestRecord)));
    }

    private static Map<String, String> schemas(boolean enabled) {
        String value = Boolean.toString(enabled);
        return Map.of("key.converter.schemas.enable", value, "value.converter.schemas.enable", value);
    }
}
