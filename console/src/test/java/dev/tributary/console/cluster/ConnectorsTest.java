// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;

class ConnectorsTest {

    private final FakeConnect connect = new FakeConnect();
    private final Connectors connectors = new Connectors(connect);

    @Test
    void thoseForPostgresAreKnownByName() {
        // Given
        connect.ours("shop", "s").debeziums("legacy", "l").connector("files", "FileStreamSource", "f");

        // Then
        assertThat(connectors.all()).extracting(Deployed::name).containsExactly("legacy", "shop");
        assertThat(connectors.find("shop").orElseThrow().isOurs()).isTrue();
        assertThat(connectors.find("legacy").orElseThrow().isOurs()).isFalse();
        assertThat(connectors.find("files")).isEmpty();
    }

    @Test
    void aNewOneIsFoundAtOnce() {
        // Given
        assertThat(connectors.all()).isEmpty();

        // When
        connect.ours("shop", "s");

        // Then
        assertThat(connectors.find("shop")).isPresent();
    }

    @Test
    void whatWasKnownCountsWhileConnectDoesNotAnswer() {
        // Given
        connect.ours("shop", "s");
        assertThat(connectors.find("shop")).isPresent();

        // When
        connect.silent();

        // Then
        assertThat(connectors.find("other")).isEmpty();
        assertThat(connectors.find("shop")).isPresent();
    }

    @Test
    void aConnectThatHasNotAnsweredIsAnError() {
        connect.silent();
        assertThatThrownBy(connectors::all).isInstanceOf(ConnectException.class);
    }

    @Test
    void aStateThatIsNotReadYetIsNotKnown() {
        connect.ours("shop", "s");
        assertThat(connectors.health("shop")).isEmpty();
        assertThat(connectors.health("none")).isEmpty();
        assertThat(connect.runs("shop", "worker:8083").connectorHealth("shop"))
                .isEqualTo(connectors.health("shop").orElseThrow());
    }
}
