// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresFilesTest {

    @Test
    void quotesTheValueOfASetting() {
        assertThat(PostgresFiles.conf(Map.of("search_path", "it's"))).isEqualTo("search_path = 'it''s'\n");
    }

    @Test
    void requiresPasswordsBeforeItTrustsOtherRoles() {
        // When
        String hba = PostgresFiles.hba(List.of("odd\"name"));

        // Then
        assertThat(hba.lines())
                .containsExactly(
                        "host all \"odd\"\"name\" 127.0.0.1/32 scram-sha-256",
                        "host replication \"odd\"\"name\" 127.0.0.1/32 scram-sha-256",
                        "host all all 127.0.0.1/32 trust",
                        "host replication all 127.0.0.1/32 trust");
    }

    @Test
    void findsTheSharedMemoryOfAPostmaster() {
        // Given
        List<String> running = List.of("8911", "/data", "1795000000", "5432", "", "127.0.0.1", "  2187375         4");

        // When, Then
        assertThat(PostmasterPid.parse(running)).contains(new PostmasterPid("4"));
        assertThat(PostmasterPid.parse(running.subList(0, 3))).isEmpty();
    }
}
