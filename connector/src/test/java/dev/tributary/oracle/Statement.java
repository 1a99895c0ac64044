// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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

    /** The statements as a script. */
    static String listing(List<Statement> statements) {
        return statements.stream().map(Statement::toString).collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return "/* " + session + " */ " + (sql.length() > 2_000 ? sql.substring(0, 2_000) + " …" : sql) + ";";
    }
}
