// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tributary.postgres.PostgresServer;
import java.util.Map;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server says of a value may quote it. That must not appear in the status of a task. */
class QuotedValuesIT {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Contender.class,
            names = {"TRIBUTARY", "FALLBACK"})
    void aSnapshotDoesNotShowAValueThatTheServerRejects(Contender contender) {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, phone text)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, '0049-171 123')"));
            Map<String, String> options = Map.of(
                    "snapshot.select.statement.overrides",
                    "public.t",
                    "snapshot.select.statement.overrides.public.t",
                    "SELECT id, phone::bigint::text AS phone FROM t");

            // When
            Throwable thrown = catchThrowable(() -> wal.snapshot(contender, options));

            // Then
            assertThat(thrown).hasMessageContaining("SQLSTATE 22P02");
            assertThat(Throwables.getStackTrace(thrown)).doesNotContain("0049-171");
            if (contender == Contender.TRIBUTARY) {
                assertThat(thrown).hasMessageContaining("rows of public.t");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Contender.class,
            names = {"TRIBUTARY", "FALLBACK"})
    void aSettingThatTheServerRejectsIsShown(Contender contender) {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY)")) {
            // Given
            Mark end = wal.mark();
            Map<String, String> wrong = Map.of("database.initial.statements", "SET work_mem='64 MBs'");
            Map<String, String> unknown = Map.of("slot.stream.params", "origin=elsewhere");

            // Then
            assertThatThrownBy(() -> wal.read(contender, wrong, end))
                    .hasMessageContaining("invalid value for parameter \"work_mem\": \"64 MBs\"")
                    .hasMessageContaining("database.initial.statements");
            assertThatThrownBy(() -> wal.read(contender, unknown, end))
                    .hasMessageContaining("unrecognized origin value: \"elsewhere\"")
                    .hasMessageContaining("slot.stream.params");
        }
    }

    /** With the same state as a setting. */
    @ParameterizedTest
    @EnumSource(
            value = Contender.class,
            names = {"TRIBUTARY", "FALLBACK"})
    void anInvalidParameterThatIsAValueOfARowIsNotShown(Contender contender) {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, phone text)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, '0049-171 123')"));
            Map<String, String> options = Map.of(
                    "snapshot.select.statement.overrides",
                    "public.t",
                    "snapshot.select.statement.overrides.public.t",
                    "SELECT id, date_trunc(phone, timestamp '2020-01-01')::text AS phone FROM t");

            // When
            Throwable thrown = catchThrowable(() -> wal.snapshot(contender, options));

            // Then
            assertThat(thrown).hasMessageContaining("SQLSTATE 22023");
            assertThat(Throwables.getStackTrace(thrown)).doesNotContain("0049-171");
        }
    }
}
