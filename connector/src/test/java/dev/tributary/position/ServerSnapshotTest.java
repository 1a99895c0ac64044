// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSnapshotTest {

    @ParameterizedTest
    @CsvSource({"99, true", "100, false", "101, true", "102, false", "104, true", "105, false", "4294967295, true"})
    void seesTransactionsThatHaveEnded(long id, boolean seen) {
        // Given
        ServerSnapshot snapshot = ServerSnapshot.parse("100:105:100,102");

        // When, Then
        assertThat(snapshot.sees(id)).isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource({"4294967294, true", "4294967295, false", "0, false", "3, true", "5, false"})
    void resolvesIdsOfThePreviousEpoch(long id, boolean seen) {
        // Given
        ServerSnapshot snapshot = ServerSnapshot.parse("8589934591:8589934597:8589934591,8589934592");

        // When, Then
        assertThat(snapshot.sees(id)).isEqualTo(seen);
    }

    @Test
    void streamedTransactionsAreSeenOnceTheLastOneIs() {
        // Given
        StreamedSoFar streamed = new StreamedSoFar();
        streamed.begun(7);
        streamed.begun(9);

        // When, Then
        assertThat(streamed.isSeenBy(ServerSnapshot.parse("9:9:"))).isFalse();
        assertThat(streamed.isSeenBy(ServerSnapshot.parse("8:10:8"))).isTrue();
        assertThat(streamed.isSeenBy(ServerSnapshot.parse("5:5:")))
                .as("asked again")
                .isTrue();
    }

    @Test
    void theLatestTransactionsAreRemembered() {
        // Given
        StreamedSoFar streamed = new StreamedSoFar();
        for (int id = 1; id <= 20_000; id++) {
            streamed.begun(id);
        }

        // When, Then
        assertThat(streamed.isSeenBy(ServerSnapshot.parse("15000:20001:15000"))).isFalse();
        assertThat(streamed.isSeenBy(ServerSnapshot.parse("20001:20001:"))).isTrue();
    }
}
