// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;

import dev.tributary.postgres.PostgresServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every type, operation and replica identity, in every mode of the options that affect them. */
class TypesOracleIT {

    private static PostgresServer server;
    private static Wal wal;
    private static Mark end;

    @BeforeAll
    static void write() throws Exception {
        server = Wal.server();
        wal = Wal.after(server, Everything.preparations());
        wal.write(Everything.changes());
        end = wal.mark();
    }

    @AfterAll
    static void stop() {
        wal.close();
        server.close();
    }

    @TestFactory
    Stream<DynamicNode> recordsAreTheSameAsDebeziums() {
        return Modes.chosen()
                .map(mode -> dynamicContainer(mode.name(), Stream.of(mode).flatMap(TypesOracleIT::tests)));
    }

    private static Stream<DynamicNode> tests(Mode mode) {
        return wal.readTwice(mode, end).tests();
    }
}
