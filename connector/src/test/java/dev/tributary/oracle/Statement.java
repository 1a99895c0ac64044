// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/**
 * A statement on one of several connections.
 *
 * @param session which connection, counted from 0
 * @param sql the statement
 */
record Statement(int session, String sql) {

    /** Statements on one connection, in autocommit unless one of them says BEGIN. */
    static List<Statement> on(int session, String... sql) {
        List<Statement> statements = new ArrayList<>();
        for (String each : sql) {
            statements.add(new Statement(session, each));
        }
        return statements;
    }

    /**
     * Runs a check of what statements led to. If it fails they are printed: in a message they would bury what it says.
     *
     * @param check any
     */
    static void printedIfFailing(List<Statement> statements, Executable check) throws Throwable {
        try {
            check.execute();
        } catch (AssertionError e) {
            statements.forEach(System.out::println);
            throw e;
        }
    }

    @Override
    public String toString() {
        return "/* " + session + " */ " + (sql.length() > 2_000 ? sql.substring(0, 2_000) + " …" : sql) + ";";
    }
}
