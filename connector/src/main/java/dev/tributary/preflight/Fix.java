// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import java.util.List;

/** How to fix a {@link Finding}. */
public sealed interface Fix {

    /**
     * Statements that a database administrator runs unchanged, in order.
     *
     * @param statements complete SQL without the closing semicolon
     * @param then what else to do, a clause such as {@code restart Postgres}; empty when the statements are enough
     */
    record Sql(List<String> statements, String then) implements Fix {

        /** The most characters of SQL in a message, which is a single field of a REST response. */
        private static final int SHOWN = 1_500;

        public Sql {
            statements = List.copyOf(statements);
        }

        @Override
        public String text() {
            var text = new StringBuilder();
            int shown = 0;
            for (var statement : statements) {
                if (shown > 0 && text.length() + statement.length() > SHOWN) {
                    break;
                }
                text.append(shown == 0 ? "" : " ").append(statement).append(';');
                shown++;
            }
            if (shown < statements.size()) {
                text.append(" and ").append(statements.size() - shown).append(" more like it");
            }
            return then.isEmpty()
                    ? text.toString()
                    : text.append(" then ").append(then).toString();
        }
    }

    /**
     * A fix other than SQL: an option of the connector, a file on the server, a REST call.
     *
     * @param text the instruction
     */
    record Advice(String text) implements Fix {}

    /** The fix as part of a sentence, without a full stop at the end. */
    String text();

    static Fix sql(String... statements) {
        return new Sql(List.of(statements), "");
    }
}
