// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import dev.tributary.sandbox.ProducerSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The contestants of each benchmark. The options of each are the sum of named parts. */
public final class Contestants {

    private static final String CONNECTS_CONVERTER = "org.apache.kafka.connect.json.JsonConverter";

    /** The class of our converter. */
    private static final String OUR_CONVERTER = "dev.tributary.json.TributaryJsonConverter";

    /** The class of our converter for Avro. */
    private static final String OUR_AVRO_CONVERTER = "dev.tributary.avro.TributaryAvroConverter";

    private static final Map<String, String> STOCK = Map.of(
            "connector.class",
            Contestant.STOCK,
            // The default is a plugin that must be installed in the server.
            "plugin.name",
            "pgoutput",
            "key.converter",
            CONNECTS_CONVERTER,
            "value.converter",
            CONNECTS_CONVERTER);

    private static final Map<String, String> TRIBUTARY = Map.of(
            "connector.class", Contestant.OURS, "key.converter", OUR_CONVERTER, "value.converter", OUR_CONVERTER);

    private static final Map<String, String> TUNED = Map.of(
            "max.batch.size", "8192",
            "max.queue.size", "32768",
            "poll.interval.ms", "10",
            "statistics.metrics.enabled", "false",
            "extended.headers.enabled", "false");

    private static final Map<String, String> PRODUCER = ProducerSettings.RECOMMENDED;

    private static final Map<String, String> STREAM_ONLY = Map.of("snapshot.mode", "no_data");

    private static final Map<String, String> SNAPSHOT = Map.of("snapshot.mode", "initial");

    private static final Map<String, String> EXACTLY_ONCE = Map.of("exactly.once.support", "required");

    private static final Map<String, String> BY_POLL = Map.of("transaction.boundary", "poll");

    private static final Map<String, String> BY_CONNECTOR = Map.of("transaction.boundary", "connector");

    /** The names of the contestants, which are topic prefixes, are not names in Avro. */
    private static final Map<String, String> AVRO_NAMES = Map.of("schema.name.adjustment.mode", "avro");

    private static final Map<String, String> METADATA = Map.of("provide.transaction.metadata", "true");

    private static final Contestant STOCK_DEFAULT =
            new Contestant("stock-default", "Debezium, default", STOCK).with(schemas(false));

    private static final Contestant OURS = new Contestant("ours", "Tributary", TRIBUTARY).with(schemas(false));

    private Contestants() {}

    /** The contestants that drain a backlog. */
    public static List<Contestant> ofStream() {
        Contestant stock = STOCK_DEFAULT.with(STREAM_ONLY);
        Contestant ours = OURS.with(STREAM_ONLY).with(PRODUCER);
        return List.of(
                stock,
                stock.named("stock-tuned", "Debezium, tuned").with(TUNED).with(PRODUCER),
                ours,
                OURS.named("ours-plain", "Tributary, producer's defaults").with(STREAM_ONLY),
                ours.named("ours-schemas", "Tributary, schemas.enable=true").with(schemas(true)),
                // Connect's converter reads every field of every struct, like a converter for Avro or Protobuf.
                ours.named("ours-struct", "Tributary, Connect's JsonConverter")
                        .with(Map.of("key.converter", CONNECTS_CONVERTER, "value.converter", CONNECTS_CONVERTER)),
                ours.named("ours-flat", "Tributary, FlattenChange")
                        .with(flat("dev.tributary.transforms.FlattenChange")));
    }

    /** Tributary as README configures it, and Debezium with the same producer. */
    public static List<Contestant> ofField() {
        return List.of(
                STOCK_DEFAULT
                        .named("stock", "Debezium, tuned")
                        .with(STREAM_ONLY)
                        .with(TUNED)
                        .with(PRODUCER),
                OURS.with(STREAM_ONLY).with(PRODUCER));
    }

    /** The same, and both in other configurations. */
    public static List<Contestant> ofConfigurations() {
        Contestant stock = ofField().get(0);
        Contestant ours = ofField().get(1);
        return List.of(
                stock,
                ours,
                STOCK_DEFAULT
                        .named("stock-plain", "Debezium, tuned, producer's defaults")
                        .with(STREAM_ONLY)
                        .with(TUNED),
                OURS.named("ours-plain", "Tributary, producer's defaults").with(STREAM_ONLY),
                stock.named("stock-schemas", "Debezium, tuned, JSON with schemas")
                        .with(schemas(true)),
                ours.named("ours-schemas", "Tributary, JSON with schemas").with(schemas(true)),
                stock.named("stock-flat", "Debezium, tuned, ExtractNewRecordState")
                        .with(flat("io.debezium.transforms.ExtractNewRecordState")),
                ours.named("ours-flat", "Tributary, FlattenChange")
                        .with(flat("dev.tributary.transforms.FlattenChange")));
    }

    private static Map<String, String> flat(String type) {
        return Map.of("transforms", "flat", "transforms.flat.type", type);
    }

    /** Tributary as README configures it, and with other settings of the producer. */
    public static List<Contestant> ofProducers() {
        Contestant ours = OURS.with(STREAM_ONLY).with(PRODUCER);
        return List.of(
                ours,
                ours.named("ours-linger", "Tributary, linger.ms=20").with(producer("linger.ms", "20")),
                ours.named("ours-small", "Tributary, batch.size=131072").with(producer("batch.size", "131072")),
                ours.named("ours-large", "Tributary, batch.size=1000000").with(producer("batch.size", "1000000")),
                ours.named("ours-uncompressed", "Tributary, compression.type=none")
                        .with(producer("compression.type", "none")),
                ours.named("ours-zstd", "Tributary, compression.type=zstd").with(producer("compression.type", "zstd")));
    }

    private static Map<String, String> producer(String option, String value) {
        return Map.of("producer.override." + option, value);
    }

    /** Tributary, and the same with the console. */
    public static List<Contestant> ofConsole() {
        Contestant ours = ofField().get(1);
        return List.of(
                ours,
                ours.named("ours-console", "Tributary, with the console shown and scraped")
                        .whileWatched());
    }

    /** Both in Kafka's transactions, and ours without. */
    public static List<Contestant> ofExactlyOnce() {
        Contestant stock = ofField().get(0);
        Contestant ours = ofField().get(1);
        return List.of(
                stock.named("stock-poll", "Debezium, tuned, exactly once, by poll")
                        .with(EXACTLY_ONCE)
                        .with(BY_POLL),
                ours,
                ours.named("ours-connector", "Tributary, exactly once, whole transactions")
                        .with(EXACTLY_ONCE)
                        .with(BY_CONNECTOR));
    }

    /** Both with converters for Avro, and ours with JSON. */
    public static List<Contestant> ofAvro() {
        Contestant stock = ofField().get(0).with(AVRO_NAMES);
        Contestant ours = ofField().get(1).with(AVRO_NAMES);
        return List.of(
                stock.named("stock-avro", "Debezium, tuned, Apicurio's AvroConverter")
                        .with(apicurios()),
                ours.named("ours-json", "Tributary, JSON"),
                ours.named("ours-avro", "Tributary, TributaryAvroConverter")
                        .with(both("", OUR_AVRO_CONVERTER))
                        .with(both(".schema.registry.url", Arena.REGISTRY)),
                ours.named("ours-apicurio", "Tributary, Apicurio's AvroConverter")
                        .with(apicurios()));
    }

    private static Map<String, String> apicurios() {
        Map<String, String> options = new HashMap<>(both("", "io.apicurio.registry.utils.converter.AvroConverter"));
        options.putAll(both(".apicurio.registry.url", Arena.NATIVE_REGISTRY));
        options.putAll(both(".apicurio.registry.auto-register", "true"));
        options.putAll(both(".apicurio.registry.as-confluent", "true"));
        options.putAll(both(".apicurio.registry.headers.enabled", "false"));
        options.putAll(both(".apicurio.registry.use-id", "contentId"));
        return options;
    }

    /** The same option of both converters. */
    private static Map<String, String> both(String option, String value) {
        return Map.of("key.converter" + option, value, "value.converter" + option, value);
    }

    /** The contestants that drain backlogs with Kafka's transactions, and ours without them. */
    public static List<Contestant> ofTransactions() {
        Contestant ours = OURS.with(STREAM_ONLY).with(PRODUCER);
        Contestant exactlyOnce = ours.with(EXACTLY_ONCE);
        Contestant whole = exactlyOnce.with(BY_CONNECTOR);
        Contestant stock = STOCK_DEFAULT.with(STREAM_ONLY).with(EXACTLY_ONCE).with(BY_POLL);
        Contestant tuned = stock.with(TUNED).with(PRODUCER);
        return List.of(
                ours.named("ours", "Tributary, at least once"),
                whole.named("ours-connector", "Tributary, exactly once, whole transactions"),
                whole.named("ours-metadata", "Tributary, exactly once, whole transactions, with metadata")
                        .with(METADATA),
                exactlyOnce
                        .named("ours-poll", "Tributary, exactly once, by poll")
                        .with(BY_POLL),
                stock.named("stock-poll", "Debezium, default, exactly once, by poll"),
                tuned.named("stock-tuned-poll", "Debezium, tuned, exactly once, by poll"),
                tuned.named("stock-tuned-metadata", "Debezium, tuned, exactly once, by poll, with metadata")
                        .with(METADATA));
    }

    /** The contestants that take a snapshot. */
    public static List<Contestant> ofSnapshot() {
        Contestant stock = STOCK_DEFAULT.with(SNAPSHOT);
        Contestant tuned =
                stock.with(TUNED).with(Map.of("snapshot.fetch.size", "10240")).with(PRODUCER);
        return List.of(
                stock,
                tuned.named("stock-tuned-1", "Debezium, tuned, 1 thread").with(Map.of("snapshot.max.threads", "1")),
                tuned.named("stock-tuned-4", "Debezium, tuned, 4 threads").with(Map.of("snapshot.max.threads", "4")),
                OURS.with(SNAPSHOT).with(PRODUCER),
                OURS.named("ours-plain", "Tributary, producer's defaults").with(SNAPSHOT));
    }

    /** The contestants whose latency is measured. */
    public static List<Contestant> ofLatency() {
        Contestant stock = STOCK_DEFAULT.with(STREAM_ONLY).with(PRODUCER);
        return List.of(
                stock,
                stock.named("stock-poll", "Debezium, poll.interval.ms=10").with(Map.of("poll.interval.ms", "10")),
                OURS.with(STREAM_ONLY).with(PRODUCER),
                stock.named("stock-poll-eo", "Debezium, poll.interval.ms=10, exactly once, by poll")
                        .with(Map.of("poll.interval.ms", "10"))
                        .with(EXACTLY_ONCE)
                        .with(BY_POLL),
                OURS.named("ours-eo", "Tributary, exactly once, whole transactions")
                        .with(STREAM_ONLY)
                        .with(PRODUCER)
                        .with(EXACTLY_ONCE)
                        .with(BY_CONNECTOR));
    }

    /** Takes a long snapshot in a small heap, without any option for that. */
    public static Contestant ofLongSnapshot() {
        return OURS.named("ours-snapshot", "Tributary").with(SNAPSHOT);
    }

    /** Reads a long transaction in a small heap, without any option for that. */
    public static Contestant ofLongTransaction() {
        return OURS.named("ours-long", "Tributary").with(STREAM_ONLY);
    }

    /** The same in Kafka's transactions, each of whole transactions, as far as they fit. */
    public static Contestant ofLongTransactionExactlyOnce() {
        return OURS.named("ours-long-eo", "Tributary")
                .with(STREAM_ONLY)
                .with(EXACTLY_ONCE)
                .with(BY_CONNECTOR);
    }

    /** Reads huge rows in a small heap, with a producer that may send them. */
    public static Contestant ofHugeRows(long largestRecord) {
        return OURS.named("ours-huge", "Tributary")
                .with(STREAM_ONLY)
                .with(Map.of(
                        "producer.override.max.request.size", Long.toString(largestRecord),
                        "producer.override.buffer.memory", Long.toString(largestRecord)));
    }

    private static Map<String, String> schemas(boolean enabled) {
        return both(".schemas.enable", Boolean.toString(enabled));
    }
}
