// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tables with unusual names, keys and columns, partitions, and logical messages. */
final class OddTables {

    private OddTables() {}

    static List<String> tables() {
        return List.of(
                "CREATE SCHEMA \"Odd schema\"",
                "CREATE TABLE \"Odd schema\".\"Odd.table\" (\"Id\" int PRIMARY KEY, \"a b\" text, \"1st\" int,"
                        + " \"ünï\" text, \"dot.ted\" text, \"dash-ed\" text, \"q\"\"uote\" text)",
                "CREATE TABLE \"MixedCase\" (\"ID\" int PRIMARY KEY, \"Value\" text)",
                "CREATE TABLE \"select\" (\"from\" int PRIMARY KEY, \"where\" text)",
                "CREATE TABLE generated (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n serial, a int,"
                        + " doubled int GENERATED ALWAYS AS (a * 2) STORED, tripled int GENERATED ALWAYS AS (a * 3)"
                        + (ServerVersion.MAJOR < 18 ? " STORED" : "") + ", z text)",
                "CREATE TABLE composite_key (a text, b int, c uuid, d text, PRIMARY KEY (c, a))",
                "CREATE TABLE odd_key (a numeric(6,2), b timestamptz, c mood, d date, e bytea, f text,"
                        + " PRIMARY KEY (a, b, c, d, e))",
                "CREATE TABLE dropped (id int PRIMARY KEY, gone text, kept text, gone_too int)",
                "ALTER TABLE dropped DROP gone, DROP gone_too",
                "CREATE TABLE no_columns ()",
                "CREATE TABLE wide (id int PRIMARY KEY, " + columns(300) + ")",
                "CREATE UNLOGGED TABLE unlogged (id int PRIMARY KEY)",
                "CREATE TABLE defaults (id int PRIMARY KEY, a timestamptz DEFAULT now(), b int DEFAULT 1 + 1,"
                        + " c text DEFAULT 'xy', d uuid DEFAULT gen_random_uuid(), e date DEFAULT '2020-01-01',"
                        + " f text DEFAULT NULL, g boolean DEFAULT true, h numeric(5,2) DEFAULT -1.5,"
                        + " i jsonb DEFAULT '{}', j int[] DEFAULT '{1,2}', k varchar(5) DEFAULT 'it''s',"
                        + " l mood DEFAULT 'ok', m text DEFAULT E'a\\nb', n bytea DEFAULT '\\x00', o interval DEFAULT '1 day')",
                "COMMENT ON TABLE defaults IS 'What it is for'",
                "COMMENT ON COLUMN defaults.b IS 'How many'",
                "CREATE TABLE parted (id int, region text, v text, PRIMARY KEY (id, region)) PARTITION BY LIST (region)",
                "CREATE TABLE parted_eu PARTITION OF parted FOR VALUES IN ('eu')",
                "CREATE TABLE parted_us (v text, region text NOT NULL, id int NOT NULL, PRIMARY KEY (id, region))",
                "ALTER TABLE parted ATTACH PARTITION parted_us FOR VALUES IN ('us')",
                "CREATE TABLE parted_rest PARTITION OF parted DEFAULT",
                "CREATE TABLE parent_table (id int PRIMARY KEY, v text)",
                "CREATE TABLE child_table (w int, PRIMARY KEY (id)) INHERITS (parent_table)");
    }

    static List<String> publications() {
        List<String> sql = new ArrayList<>(List.of(
                "CREATE PUBLICATION everything FOR ALL TABLES",
                "CREATE PUBLICATION via_root FOR ALL TABLES WITH (publish_via_partition_root = true)"));
        sql.addAll(ServerVersion.since(
                15,
                List.of("CREATE PUBLICATION narrow FOR TABLE composite_key (c, a, d), wide (id, v7, v3),"
                        + " defaults WHERE (id > 1), \"MixedCase\"")));
        sql.addAll(ServerVersion.since(
                18,
                List.of("CREATE PUBLICATION with_generated FOR ALL TABLES WITH (publish_generated_columns = stored)")));
        return sql;
    }

    static List<String> changes() {
        return List.of(
                "INSERT INTO \"Odd schema\".\"Odd.table\" VALUES (1, 'a', 2, 'ü', 'd', 'e', 'f')",
                "UPDATE \"Odd schema\".\"Odd.table\" SET \"Id\" = 2",
                "INSERT INTO \"MixedCase\" VALUES (1, 'a')",
                "INSERT INTO \"select\" VALUES (1, 'a')",
                "INSERT INTO generated (a, z) VALUES (1, 'x'), (2, 'y')",
                "UPDATE generated SET a = 3 WHERE id = 1",
                "DELETE FROM generated WHERE id = 1",
                "INSERT INTO composite_key VALUES ('a', 1, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'd')",
                "UPDATE composite_key SET a = 'b'",
                "DELETE FROM composite_key",
                "INSERT INTO odd_key VALUES (1.5, '2026-11-21 10:23:00.123+00', 'ok', '2026-11-21', '\\x01', 'f')",
                "UPDATE odd_key SET a = 2, b = 'infinity'",
                "DELETE FROM odd_key",
                "INSERT INTO dropped VALUES (1, 'kept')",
                "INSERT INTO no_columns DEFAULT VALUES",
                "INSERT INTO wide (id, v7) VALUES (1, 'seven')",
                "INSERT INTO unlogged VALUES (1)",
                "INSERT INTO defaults (id) VALUES (1), (2)",
                "UPDATE defaults SET b = id WHERE id > 0",
                "INSERT INTO parted VALUES (1, 'eu', 'a'), (2, 'us', 'b'), (3, 'mars', 'c')",
                "UPDATE parted SET region = 'us' WHERE id = 1",
                "UPDATE parted SET v = 'x'",
                "TRUNCATE parted_us",
                "TRUNCATE parted",
                "INSERT INTO child_table VALUES (1, 'a', 2)",
                "UPDATE parent_table SET v = 'b'",
                "TRUNCATE parent_table",
                "SELECT pg_logical_emit_message(true, 'loud', 'within')",
                "SELECT pg_logical_emit_message(false, 'loud', 'without')",
                "SELECT pg_logical_emit_message(false, 'quiet', '\\x00ff'::bytea)",
                "SELECT pg_logical_emit_message(true, '', '')",
                "BEGIN",
                "INSERT INTO \"MixedCase\" VALUES (2, 'b')",
                "SELECT pg_logical_emit_message(false, 'loud', 'before its transaction')",
                "COMMIT");
    }

    private static String columns(int count) {
        return IntStream.range(0, count).mapToObj(i -> "v" + i + " text").collect(Collectors.joining(", "));
    }
}
