// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ServerClockIT {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @BeforeAll
    static void requireLibrary() {
        assumeTrue(ServerClock.isAvailable(), "libfaketime");
    }

    @Test
    void thatOfPostgresJumpsForwardAndBack() throws Exception {
        try (Sandbox sandbox = Sandbox.open()) {
            // Given
            ServerClock clock = sandbox.clock();
            PostgresServer postgres = sandbox.postgres().clock(clock).start();
            try (Connection connection = postgres.connect(PostgresServer.SUPERUSER, PostgresServer.DATABASE)) {
                // When, Then
                assertJumps(clock, () -> now(connection));
            }
        }
    }

    @Test
    void thatOfABrokerJumpsForwardAndBack() throws Exception {
        try (Sandbox sandbox = Sandbox.open()) {
            // Given
            ServerClock clock = sandbox.clock();
            KafkaBroker broker = sandbox.broker().clock(clock).start();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
                    KafkaProducer<String, String> producer = new KafkaProducer<>(
                            Map.of("bootstrap.servers", broker.bootstrapServers()),
                            new StringSerializer(),
                            new StringSerializer())) {
                NewTopic stamped = new NewTopic("stamped", 1, (short) 1)
                        .configs(Map.of("message.timestamp.type", "LogAppendTime"));
                admin.createTopics(List.of(stamped)).all().get();

                // When, Then
                assertJumps(
                        clock,
                        () -> Instant.ofEpochMilli(producer.send(new ProducerRecord<>("stamped", "now"))
                                .get()
                                .timestamp()));
            }
        }
    }

    /** Compares to ten minutes, so that a slow answer does not matter. */
    private static void assertJumps(ServerClock clock, Callable<Instant> now) throws Exception {
        for (Duration offset : List.of(HOUR, HOUR.negated(), HOUR)) {
            clock.jump(offset);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(now.call())
                            .isCloseTo(Instant.now().plus(offset), within(10, ChronoUnit.MINUTES)));
        }
        clock.reset();
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(now.call()).isCloseTo(Instant.now(), within(10, ChronoUnit.MINUTES)));
    }

    private static Instant now(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT now()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }
}
