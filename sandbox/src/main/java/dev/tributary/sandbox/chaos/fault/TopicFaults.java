// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import static dev.tributary.sandbox.chaos.fault.Durations.between;

import dev.tributary.sandbox.chaos.arena.Arena;
import dev.tributary.sandbox.chaos.fault.Fault.Active;
import dev.tributary.sandbox.chaos.fault.Fault.Part;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Topics that refuse records, and then accept them. */
final class TopicFaults {

    private static final String FAMILY = "topic";

    /** Somebody must write to the topic meanwhile. */
    private static final Set<Part> TOUCHES = Set.of(Part.CONNECTOR, Part.WORKERS, Part.BROKERS, Part.POSTGRES);

    private static final String SMALL = "2000";
    private static final String USUAL = "1048588";

    private TopicFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of(
                        FAMILY,
                        "topic takes only small records",
                        TOUCHES,
                        (arena, random) -> refusing(
                                arena,
                                random,
                                "RecordTooLargeException|RecordBatchTooLarge",
                                "document",
                                topic -> limit(arena, topic, SMALL),
                                topic -> limit(arena, topic, USUAL))),
                Fault.of(
                        FAMILY,
                        "writing to a topic denied",
                        TOUCHES,
                        (arena, random) -> refusing(
                                arena,
                                random,
                                "TopicAuthorizationException|Not authorized to access topics",
                                random.nextBoolean() ? "orders" : "pulse",
                                arena.kafka()::denyWrite,
                                arena.kafka()::allowWrite)));
    }

    private interface OnTopic {
        void run(String topic) throws Exception;
    }

    private static Active refusing(
            Arena arena, SplittableRandom random, String failure, String relation, OnTopic refuse, OnTopic accept)
            throws Exception {
        Pattern pattern = Pattern.compile(failure);
        String topic = Arena.topic(relation);
        arena.ledger().sentAhead(relation, arena.connect().storedLsn());
        return Expected.failure(arena, pattern, log -> {
            Partial.orUndo(
                    () -> {
                        refuse.run(topic);
                        return topic;
                    },
                    () -> accept.run(topic));
            return new Active(topic, between(random, 2, 12), () -> accept.run(topic)).seenBy(() -> log.has(pattern));
        });
    }

    private static void limit(Arena arena, String topic, String bytes) throws Exception {
        try (Admin admin = arena.kafka().admin()) {
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }
}
