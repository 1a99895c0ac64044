// SPDX-License-Identifier: Apache-2.0
package dev.tributary.replication;

import dev.tributary.position.Lsn;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The command that starts a stream of pgoutput (<a
 * href="https://www.postgresql.org/docs/current/protocol-logical-replication.html">its options</a>).
 *
 * @param slot the name of the slot
 * @param publication the name of the publication
 * @param parameters further options of the output plugin; they override ours
 */
public record StartReplication(String slot, String publication, Map<String, String> parameters) {

    /** Returns the command; the server leaves out transactions that commit before the position. */
    String from(Lsn position) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("proto_version", "1");
        options.put("publication_names", identifier(publication));
        options.put("messages", "true");
        options.putAll(parameters);
        return "START_REPLICATION SLOT " + identifier(slot) + " LOGICAL " + position + " ("
                + options.entrySet().stream()
                        .map(option -> identifier(option.getKey()) + " " + literal(option.getValue()))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String value) {
        return '\'' + value.replace("'", "''") + '\'';
    }
}
