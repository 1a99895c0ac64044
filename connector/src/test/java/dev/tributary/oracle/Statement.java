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

    /** Statements on one connection, in autocommit unless one of them is BEGIN. */
    static List<Statement> on(int session, String... sql) {
        List<Statement> statements = new ArrayList<>();
        for (String each : sql) {
            statements.add(new Statement(session, each));
        }
        return statements;
    }

    /** Runs a check, and prints the statements if it fails. In the failure message they would bury the rest. */
    static void printedIfFailing(List<Statement> statements, Executable check) throws Throwable {
        try {
            check.execute();
        } catch (AssertionError | RuntimeException e) {
            statements.forEach(System.out::println);
            throw e;
        }
    }

    @Override
    public String toString() {
        return "/* " + session + " */ " + (sql.length() > 2_000 ? sql.substring(0, 2_000) + " …" : sql) + ";";
    }
}
