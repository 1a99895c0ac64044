// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.List;
import java.util.stream.Stream;

/** Ways in which a table can change, between transactions and within them. */
final class SchemaChanges {

    private static final String ROW = "INSERT INTO $ (id, a) VALUES ";
    private static final String TABLE = "CREATE TABLE $ (id int PRIMARY KEY, a text);" + ROW + "(1, 'one')";

    private static final List<SchemaChange> COLUMNS = List.of(
            SchemaChange.of(
                    "add_column",
                    TABLE,
                    "ALTER TABLE $ ADD b int;" + ROW + "(2, 'two');UPDATE $ SET b = 2",
                    "ALTER TABLE $ ADD c text NOT NULL DEFAULT 'x', ADD d numeric(6,2);" + ROW
                            + "(3, 'three');UPDATE $ SET d = 1.5 WHERE id < 3;DELETE FROM $ WHERE id = 1"),
            SchemaChange.of(
                    "drop_column",
                    "CREATE TABLE $ (id int PRIMARY KEY, a text, b int, c text);INSERT INTO $ VALUES (1, 'a', 1, 'c')",
                    "ALTER TABLE $ DROP b;INSERT INTO $ VALUES (2, 'b', 'd')",
                    "ALTER TABLE $ DROP a;INSERT INTO $ VALUES (3, 'e');DELETE FROM $ WHERE id < 3"),
            SchemaChange.of(
                            "rename_column",
                            TABLE,
                            "ALTER TABLE $ RENAME a TO b;INSERT INTO $ VALUES (2, 'two');UPDATE $ SET b = 'x' WHERE id = 1",
                            "ALTER TABLE $ RENAME id TO key;INSERT INTO $ VALUES (3, 'three');DELETE FROM $ WHERE key = 1")
                    .rekeying(),
            SchemaChange.of(
                            "swap_columns",
                            "CREATE TABLE $ (id int PRIMARY KEY, a text, b int);INSERT INTO $ VALUES (1, 'a', 1)",
                            "ALTER TABLE $ RENAME a TO c;ALTER TABLE $ RENAME b TO a;ALTER TABLE $ RENAME c TO b;"
                                    + "INSERT INTO $ VALUES (2, 'b', 2)")
                    .retyping(),
            SchemaChange.of(
                            "replace_column",
                            TABLE,
                            "ALTER TABLE $ DROP a;ALTER TABLE $ ADD a int;INSERT INTO $ VALUES (2, 2)",
                            "ALTER TABLE $ DROP a;ALTER TABLE $ ADD a timestamptz DEFAULT '2020-01-01';"
                                    + "INSERT INTO $ (id) VALUES (3)")
                    .retyping(),
            SchemaChange.of(
                            "retype_column",
                            "CREATE TABLE $ (id int PRIMARY KEY, a int, b varchar(5), c numeric(5,2), d timestamp, e text);"
                                    + "INSERT INTO $ VALUES (1, 1, 'b', 1.5, '2026-01-01', '5')",
                            "ALTER TABLE $ ALTER a TYPE bigint, ALTER b TYPE varchar(50), ALTER c TYPE numeric(8,3);"
                                    + "INSERT INTO $ VALUES (2, 9999999999, 'longer than five', 1.234, '2026-01-01', '6')",
                            "ALTER TABLE $ ALTER a TYPE text, ALTER b TYPE text, ALTER c TYPE numeric;"
                                    + "INSERT INTO $ VALUES (3, 'x', 'y', 1e30, '2026-01-01', '7')",
                            "ALTER TABLE $ ALTER d TYPE timestamptz USING d AT TIME ZONE 'UTC', ALTER e TYPE int USING e::int;"
                                    + "UPDATE $ SET e = e + 1;DELETE FROM $")
                    .retyping(),
            SchemaChange.of(
                    "retype_precision",
                    "CREATE TABLE $ (id int PRIMARY KEY, a timestamp(6), b time(6), c bit(8), d char(5));"
                            + "INSERT INTO $ VALUES (1, '2026-01-01 00:00:00.123456', '12:00:00.123456', B'10101010', 'd')",
                    "ALTER TABLE $ ALTER a TYPE timestamp(3), ALTER b TYPE time(0);"
                            + "INSERT INTO $ VALUES (2, '2026-01-01 00:00:00.123', '12:00:00', B'10101010', 'd')",
                    "ALTER TABLE $ ALTER c TYPE bit(16) USING c::bit(16), ALTER d TYPE char(9);"
                            + "INSERT INTO $ VALUES (3, '2026-01-01', '12:00', B'1010101010101010', 'd')"),
            SchemaChange.of(
                    "defaults_change",
                    "CREATE TABLE $ (id int PRIMARY KEY, a text DEFAULT 'a', b int NOT NULL DEFAULT 1);"
                            + "INSERT INTO $ VALUES (1)",
                    "ALTER TABLE $ ALTER a SET DEFAULT 'b', ALTER b SET DEFAULT 2;INSERT INTO $ VALUES (2)",
                    "ALTER TABLE $ ALTER a DROP DEFAULT, ALTER b DROP DEFAULT;INSERT INTO $ VALUES (3, 'c', 3)"),
            SchemaChange.of(
                            "nullability",
                            "CREATE TABLE $ (id int PRIMARY KEY, a text NOT NULL, b int);INSERT INTO $ VALUES (1, 'a', 1)",
                            "ALTER TABLE $ ALTER a DROP NOT NULL, ALTER b SET NOT NULL;INSERT INTO $ VALUES (2, NULL, 2)",
                            "UPDATE $ SET a = 'x' WHERE a IS NULL;ALTER TABLE $ ALTER a SET NOT NULL, ALTER b DROP NOT NULL;"
                                    + "INSERT INTO $ VALUES (3, 'c', NULL)")
                    .retyping(),
            SchemaChange.of(
                    "enum_values",
                    "CREATE TYPE $_type AS ENUM ('a', 'b');CREATE TABLE $ (id int PRIMARY KEY, a $_type);" + ROW
                            + "(1, 'a')",
                    "ALTER TYPE $_type ADD VALUE 'c';" + ROW + "(2, 'c')",
                    "ALTER TYPE $_type RENAME VALUE 'a' TO 'z';UPDATE $ SET id = 3 WHERE id = 1"),
            SchemaChange.of(
                    "new_type",
                    TABLE,
                    "CREATE TYPE $_enum AS ENUM ('a', 'b');CREATE DOMAIN $_domain AS numeric(4,1);"
                            + "ALTER TABLE $ ADD b $_enum, ADD c $_domain;" + ROW
                            + "(2, 'two');UPDATE $ SET b = 'b', c = 1.5"));

    private static final List<SchemaChange> TABLES = List.of(
            SchemaChange.of(
                            "rename_table",
                            TABLE,
                            "ALTER TABLE $ RENAME TO $_later;INSERT INTO $_later VALUES (2, 'two')",
                            "CREATE TABLE $ (other uuid PRIMARY KEY);INSERT INTO $ VALUES (gen_random_uuid())")
                    .rekeying(),
            SchemaChange.of(
                            "recreate_table",
                            TABLE,
                            "DROP TABLE $;CREATE TABLE $ (id bigint PRIMARY KEY, a int, b text);INSERT INTO $ VALUES (2, 2, 'b')",
                            "DROP TABLE $",
                            "CREATE TABLE $ (a text);INSERT INTO $ VALUES ('no key')")
                    .retyping(),
            SchemaChange.of("drop_table", TABLE, "DROP TABLE $").rekeying(),
            SchemaChange.of(
                            "move_table",
                            TABLE,
                            "CREATE SCHEMA $;ALTER TABLE $ SET SCHEMA $;INSERT INTO $.$ VALUES (2, 'b')")
                    .rekeying(),
            SchemaChange.of(
                    "change_identity",
                    TABLE,
                    "ALTER TABLE $ REPLICA IDENTITY FULL;UPDATE $ SET a = 'two';UPDATE $ SET id = 2",
                    "ALTER TABLE $ REPLICA IDENTITY NOTHING;" + ROW + "(3, 'three')",
                    "ALTER TABLE $ REPLICA IDENTITY DEFAULT;UPDATE $ SET a = 'four';DELETE FROM $"),
            SchemaChange.of(
                            "change_key",
                            "CREATE TABLE $ (id int CONSTRAINT $_key PRIMARY KEY, a text NOT NULL, b int NOT NULL);"
                                    + "INSERT INTO $ VALUES (1, 'a', 1)",
                            "ALTER TABLE $ DROP CONSTRAINT $_key;INSERT INTO $ VALUES (2, 'b', 2)",
                            "ALTER TABLE $ ADD CONSTRAINT $_key PRIMARY KEY (a);INSERT INTO $ VALUES (3, 'c', 3);"
                                    + "UPDATE $ SET b = 9;UPDATE $ SET a = a || 'x';DELETE FROM $ WHERE id = 1",
                            "ALTER TABLE $ DROP CONSTRAINT $_key;ALTER TABLE $ ADD CONSTRAINT $_key PRIMARY KEY (b, id);"
                                    + "UPDATE $ SET b = id;DELETE FROM $")
                    .rekeying(),
            SchemaChange.of(
                    "partitions",
                    "CREATE TABLE $ (id int PRIMARY KEY, a text) PARTITION BY RANGE (id);"
                            + "CREATE TABLE $_1 PARTITION OF $ FOR VALUES FROM (0) TO (10);" + ROW + "(1, 'a')",
                    "CREATE TABLE $_2 (a text, id int PRIMARY KEY);INSERT INTO $_2 VALUES ('b', 11);"
                            + "ALTER TABLE $ ATTACH PARTITION $_2 FOR VALUES FROM (10) TO (20);" + ROW + "(12, 'c')",
                    "ALTER TABLE $ DETACH PARTITION $_1;INSERT INTO $_1 VALUES (2, 'd');ALTER TABLE $ ADD b int;"
                            + "INSERT INTO $ VALUES (13, 'e', 1)"),
            SchemaChange.of(
                    "generated_column",
                    TABLE,
                    "ALTER TABLE $ ADD b text GENERATED ALWAYS AS (a || '!') STORED;" + ROW + "(2, 'two')",
                    "ALTER TABLE $ ADD c int;UPDATE $ SET c = 1"));

    private static final List<SchemaChange> WITHIN_TRANSACTIONS = List.of(
            SchemaChange.of(
                    "within",
                    TABLE,
                    "BEGIN;" + ROW + "(2, 'b');ALTER TABLE $ ADD b int;INSERT INTO $ VALUES (3, 'c', 3);"
                            + "ALTER TABLE $ DROP a;INSERT INTO $ VALUES (4, 4);COMMIT;INSERT INTO $ VALUES (5, 5)"),
            SchemaChange.of(
                    "rolled_back",
                    TABLE,
                    "BEGIN;ALTER TABLE $ ADD b int;INSERT INTO $ VALUES (2, 'b', 2);ROLLBACK;" + ROW + "(3, 'c')"),
            SchemaChange.of(
                    "rolled_back_in_part",
                    TABLE,
                    "BEGIN;SAVEPOINT s;ALTER TABLE $ ADD b int;INSERT INTO $ VALUES (2, 'b', 2);ROLLBACK TO s;"
                            + "ALTER TABLE $ ADD c text;INSERT INTO $ VALUES (4, 'd', 'e');COMMIT"),
            SchemaChange.of(
                    "born_within", "BEGIN;" + TABLE + ";ALTER TABLE $ ADD b int DEFAULT 7;" + ROW + "(2, 'b');COMMIT"),
            SchemaChange.of(
                            "lived_within",
                            "BEGIN;" + TABLE + ";DROP TABLE $;CREATE TABLE $ (id uuid PRIMARY KEY, z int);"
                                    + "INSERT INTO $ VALUES (gen_random_uuid(), 1);COMMIT")
                    .rekeying(),
            SchemaChange.of(
                            "rewritten",
                            TABLE,
                            "BEGIN;TRUNCATE $;ALTER TABLE $ ALTER a TYPE int USING 1;" + ROW + "(2, 2);COMMIT",
                            "UPDATE $ SET id = 5;DELETE FROM $")
                    .retyping());

    private SchemaChanges() {}

    static List<SchemaChange> all() {
        return Stream.of(COLUMNS, TABLES, WITHIN_TRANSACTIONS)
                .flatMap(List::stream)
                .toList();
    }
}
