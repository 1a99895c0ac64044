// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AppearancesTest {

    private final Appearances appearances = new Appearances();

    @Test
    void aLookCountsIfItHasFoundAnotherCatalog() {
        // When
        appearances.lookedUp(false);

        // Then
        assertThat(appearances.take()).isFalse();

        // When
        appearances.lookedUp(true);

        // Then
        assertThat(appearances.take()).isTrue();
        assertThat(appearances.take()).isFalse();
    }

    /** The table can be back by then, and the catalog as at the look before. */
    @Test
    void twoLooksCountOnceATableIsAway() {
        // Given
        appearances.expect();

        for (int look = 0; look < 2; look++) {
            // When
            appearances.lookedUp(false);

            // Then
            assertThat(appearances.take()).isTrue();
        }

        // When
        appearances.lookedUp(false);

        // Then
        assertThat(appearances.take()).isFalse();
    }
}
