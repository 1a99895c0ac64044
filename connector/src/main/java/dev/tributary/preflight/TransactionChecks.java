// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.TransactionOptions;
import dev.tributary.config.TransactionTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether worker, producer and options fit each other in what they say of transactions. They need no database. */
public final class TransactionChecks {

    private static final String METADATA = "provide.transaction.metadata";

    /** The broker's {@code transaction.max.timeout.ms}, if it is not changed. */
    private static final Duration BROKERS_DEFAULT = Duration.ofMinutes(15);

    private TransactionChecks() {}

    /** What can be said of a configuration, whatever the worker is. */
    public static List<Finding> of(ConnectorConfig config) {
        TransactionOptions options = TransactionOptions.of(config);
        List<Finding> findings = new ArrayList<>();
        TransactionTopic topic = TransactionTopic.of(config);
        if (options.metadata() && topic.partitions().orElse(1) > 1) {
            findings.add(severalPartitions(topic));
        }
        if (!options.byConnector()) {
            TransactionOptions.withoutEffect(config).stream()
                    .map(TransactionChecks::withoutEffect)
                    .forEach(findings::add);
            return findings;
        }
        if (options.producerTimeout().compareTo(BROKERS_DEFAULT) > 0) {
            findings.add(Finding.warning(
                    TransactionOptions.PRODUCER_TIMEOUT,
                    "The producer's transactions expire after "
                            + options.producerTimeout().toMillis() + " ms, and brokers allow "
                            + BROKERS_DEFAULT.toMillis() + " ms unless their transaction.max.timeout.ms is higher",
                    "A broker that allows less refuses the producer, and the task fails",
                    new Fix.Advice("lower it, or raise transaction.max.timeout.ms of the brokers")));
        }
        if (!options.metadata()) {
            findings.add(Finding.info(
                    METADATA,
                    "It is off, and the connector defines the boundaries of Kafka's transactions",
                    "A consumer with isolation.level=read_committed never sees a part of a source transaction that is"
                            + " not committed, but if it reads several partitions, nothing tells it when it has read"
                            + " all of one",
                    new Fix.Advice(
                            "set it to true if a consumer has to know: an END event has the number of changes in each"
                                    + " table")));
        }
        return findings;
    }

    private static Finding severalPartitions(TransactionTopic topic) {
        return Finding.warning(
                METADATA,
                "Connect creates " + topic.name() + " with "
                        + topic.partitions().orElseThrow() + " partitions, unless it exists",
                "The END events of transactions are in the order of their commits only within a partition",
                new Fix.Advice("add a group to topic.creation.groups that includes this topic, with one partition"));
    }

    private static Finding withoutEffect(String option) {
        return Finding.warning(
                option,
                "It is set, but " + TransactionOptions.BOUNDARY + " is not connector",
                "It has no effect: Connect commits after each poll, or after an interval, whatever a transaction of the"
                        + " source has",
                new Fix.Advice("set " + TransactionOptions.BOUNDARY + "=connector, or remove the option"));
    }

    /** The worker that runs the task has no transactions, or defines their boundaries itself. */
    public static Finding withoutExactlyOnce() {
        return Finding.warning(
                TransactionOptions.BOUNDARY,
                "It is connector, but the worker runs the task without exactly-once",
                "Records arrive at least once, and consumers can see a part of a source transaction",
                new Fix.Advice(
                        "set exactly.once.source.support=enabled in the configuration of every worker of the group,"
                                + " which must be a distributed one, and exactly.once.support=required in the connector, so"
                                + " that a worker without it refuses the connector"));
    }
}
