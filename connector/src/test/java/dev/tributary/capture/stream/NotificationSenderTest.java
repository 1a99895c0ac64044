// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.spi.Offsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotificationSenderTest {

    private static final Offsets<PostgresPartition, PostgresOffsetContext> OFFSETS =
            Offsets.of(Collections.singletonMap(new PostgresPartition("server", "database"), null));

    private final NotificationQueue queue = new NotificationQueue();
    private final List<String> sent = new ArrayList<>();

    private static AlertNotification notification(String type) {
        return new AlertNotification("WAL guard", type, Map.of(), Instant.EPOCH);
    }

    @Test
    void aChannelThatThrowsNeitherStopsTheStreamNorTheNextNotification() {
        // Given
        NotificationSender sender = new NotificationSender(queue);
        sender.sendOver((notification, offsets) -> {
            if (notification.getType().equals("WARNING")) {
                throw new IllegalStateException("no network");
            }
            sent.add(notification.getType());
        });
        sender.add(notification("WARNING"));
        sender.add(notification("OK"));

        // When
        sender.send(OFFSETS);

        // Then
        assertThat(sent).containsExactly("OK");
    }

    @Test
    void theNextAttemptSendsWhatTheLastOneHasNotSent() {
        // Given
        NotificationSender ended = new NotificationSender(queue);
        ended.add(notification("WARNING"));
        ended.send(OFFSETS);
        NotificationSender next = new NotificationSender(queue);
        next.sendOver((notification, offsets) -> sent.add(notification.getType()));

        // When
        next.send(OFFSETS);

        // Then
        assertThat(sent).containsExactly("WARNING");
    }
}
