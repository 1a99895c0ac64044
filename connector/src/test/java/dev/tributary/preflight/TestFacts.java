// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.CatalogTable.Access;
import dev.tributary.postgres.CatalogTable.Kind;
import dev.tributary.postgres.CatalogTable.ReplicaIdentity;
import dev.tributary.postgres.Provider;
import dev.tributary.postgres.Role;
import dev.tributary.postgres.Server;
import dev.tributary.postgres.Slot;
import dev.tributary.postgres.TableName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/** Facts about databases that a test cannot have: future versions, hosting providers, short-lived states of slots. */
final class TestFacts {

    private TestFacts() {}

    static Facts withTables(TableName... names) {
        var tables = Arrays.stream(names).map(TestFacts::table).toList();
        return new Facts(
                server(180_000, Provider.SELF_MANAGED), role(), null, List.of(), null, null, tables, tables, Map.of());
    }

    /** A table whose files have a size. */
    static Facts withTable(long bytes) {
        var tables = List.of(table(new TableName("public", "large"), bytes));
        return new Facts(
                server(180_000, Provider.SELF_MANAGED), role(), null, List.of(), null, null, tables, tables, Map.of());
    }

    static Facts withServer(Server server) {
        return new Facts(server, role(), null, List.of(), null, null, List.of(), List.of(), Map.of());
    }

    static Facts withRole(Role role, Provider provider) {
        return new Facts(server(180_000, provider), role, null, List.of(), null, null, List.of(), List.of(), Map.of());
    }

    static Facts withSlot(String walStatus, @Nullable Long safeWalSize) {
        var at = LogSequenceNumber.valueOf("0/100");
        var slot = new Slot(
                "slot_shop",
                "pgoutput",
                "shop",
                true,
                false,
                false,
                null,
                null,
                null,
                at,
                at,
                walStatus,
                safeWalSize,
                0L,
                null);
        return new Facts(
                server(180_000, Provider.SELF_MANAGED),
                role(),
                slot,
                List.of(),
                null,
                null,
                List.of(),
                List.of(),
                Map.of());
    }

    static Server server(int versionNumber, Provider provider) {
        return new Server(
                versionNumber,
                versionNumber / 10_000 + ".0",
                1L,
                "shop",
                "UTF8",
                false,
                false,
                "replica",
                10,
                10,
                10,
                0,
                1L << 30,
                6_400,
                64,
                LogSequenceNumber.valueOf("0/200"),
                1L << 20,
                provider);
    }

    private static Role role() {
        return new Role("app", true, true, false, List.of(), List.of(), true);
    }

    private static CatalogTable table(TableName name) {
        return table(name, 0);
    }

    private static CatalogTable table(TableName name, long bytes) {
        return new CatalogTable(
                1,
                name,
                Kind.TABLE,
                false,
                null,
                false,
                ReplicaIdentity.DEFAULT,
                true,
                List.of("id"),
                Map.of("key", List.of("id")),
                true,
                null,
                List.of("id"),
                List.of(),
                List.of(),
                new Access("app", true, true, true, false),
                0,
                bytes);
    }
}
