// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL of the truth. Each table has two functions of its own, because a generic one would turn each row into JSON
 * and so read all of its TOAST values.
 */
final class TruthSchema {

    /** The schema, the sequence and the changes. */
    static final List<String> STATEMENTS = List.of(
            "CREATE SCHEMA truth",
            "CREATE SEQUENCE truth.seq CACHE 1",
            """
            CREATE TABLE truth.change (seq bigint PRIMARY KEY, tag text NOT NULL, relation text NOT NULL, key text,
                op "char" NOT NULL, digest text, lsn pg_lsn NOT NULL, xid xid8 NOT NULL)""",
            // Each transaction with changes, and the position just before its commit.
            "CREATE TABLE truth.tx (xid xid8 PRIMARY KEY, lsn pg_lsn)",
            """
            CREATE FUNCTION truth.at_commit() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                UPDATE truth.tx SET lsn = pg_current_wal_insert_lsn() WHERE xid = NEW.xid;
                RETURN NULL;
            END $$""",
            """
            CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON truth.tx DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION truth.at_commit()""",
            partition("attached", 'c'),
            partition("detached", 'd'));

    private TruthSchema() {}

    /** The functions of a table. */
    static List<String> functions(LoadTable table) {
        return List.of(stamp(table), write(table));
    }

    /** The triggers on a table, which may have a name other than its relation. */
    static List<String> triggers(LoadTable table, String name) {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE TRIGGER truth_stamp BEFORE INSERT OR UPDATE ON " + name
                + " FOR EACH ROW EXECUTE FUNCTION truth.stamp_" + table.relation() + "()");
        statements.add("CREATE TRIGGER truth_write AFTER INSERT OR UPDATE OR DELETE ON " + name
                + " FOR EACH ROW EXECUTE FUNCTION truth.write_" + table.relation() + "()");
        statements.add("CREATE TRIGGER truth_truncate AFTER TRUNCATE ON " + name
                + " FOR EACH STATEMENT EXECUTE FUNCTION truth.write_" + table.relation() + "()");
        return statements;
    }

    /** The key of a row as an SQL expression. */
    static String key(LoadTable table, String row) {
        return table.hasKey() ? joined(table.keyColumns(), row + ".%s::text") : "NULL::text";
    }

    private static String stamp(LoadTable table) {
        return """
                CREATE FUNCTION truth.stamp_%s() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    NEW.seq := nextval('truth.seq');
                    NEW.tag := gen_random_uuid()::text;
                    NEW.digest := md5(%s);
                    RETURN NEW;
                END $$""".formatted(table.relation(), joined(table.payloadColumns(), "coalesce(NEW.%s::text, '~')"));
    }

    private static String write(LoadTable table) {
        return """
                CREATE FUNCTION truth.write_%1$s() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO truth.tx VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING;
                    IF TG_OP = 'TRUNCATE' THEN
                        INSERT INTO truth.change VALUES (nextval('truth.seq'), gen_random_uuid()::text, '%1$s', NULL,
                            't', NULL, pg_current_wal_insert_lsn(), pg_current_xact_id());
                        RETURN NULL;
                    END IF;
                    IF TG_OP = 'INSERT' THEN
                        INSERT INTO truth.change VALUES (NEW.seq, NEW.tag, '%1$s', %3$s,
                            'c', NEW.digest, pg_current_wal_insert_lsn(), pg_current_xact_id());
                        RETURN NULL;
                    END IF;
                    IF TG_OP = 'UPDATE' AND %2$s IS NOT DISTINCT FROM %3$s THEN
                        INSERT INTO truth.change VALUES (NEW.seq, NEW.tag, '%1$s', %3$s,
                            'u', NEW.digest, pg_current_wal_insert_lsn(), pg_current_xact_id());
                        RETURN NULL;
                    END IF;
                    INSERT INTO truth.change VALUES (nextval('truth.seq'), OLD.tag, '%1$s', %2$s,
                        'd', OLD.digest, pg_current_wal_insert_lsn(), pg_current_xact_id());
                    IF TG_OP = 'UPDATE' THEN
                        INSERT INTO truth.change VALUES (NEW.seq, NEW.tag, '%1$s', %3$s,
                            'c', NEW.digest, pg_current_wal_insert_lsn(), pg_current_xact_id());
                    END IF;
                    RETURN NULL;
                END $$""".formatted(table.relation(), key(table, "OLD"), key(table, "NEW"));
    }

    /** Rows that appear or disappear with their partition, without an event: all of them with the returned LSN. */
    private static String partition(String name, char op) {
        return """
                CREATE FUNCTION truth.%s(part regclass) RETURNS pg_lsn LANGUAGE plpgsql AS $$
                DECLARE
                    here pg_lsn := pg_current_wal_insert_lsn();
                BEGIN
                    INSERT INTO truth.tx VALUES (pg_current_xact_id()) ON CONFLICT DO NOTHING;
                    EXECUTE format('INSERT INTO truth.change SELECT %s, row.tag, ''%s'', %s, ''%s'',
                        row.digest, $1, pg_current_xact_id() FROM %%s AS row', part) USING here;
                    RETURN here;
                END $$""".formatted(
                        name,
                        op == Change.DELETE ? "nextval(''truth.seq'')" : "row.seq",
                        LoadTable.MEASUREMENT.relation(),
                        key(LoadTable.MEASUREMENT, "row"),
                        op);
    }

    private static String joined(List<String> columns, String each) {
        return columns.stream().map(each::formatted).collect(Collectors.joining(" || '|' || "));
    }
}
