// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import java.util.List;

/** What puts a {@link Finding} right. */
public sealed interface Fix {

    /**
     * Statements that an administrator of the database runs as they stand, in order.
     *
     * @param statements complete SQL without the closing semicolon
     * @param then what is to be done after or beside them, a clause such as {@code restart Postgres}; empty when nothing
     */
    record Sql(List<String> statements, String then) implements Fix {

        /** Characters of SQL that a message shows; a text field of a REST answer is no place for more. */
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
     * Something to do that is not SQL: an option of the connector, a file of the server, a REST call.
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
