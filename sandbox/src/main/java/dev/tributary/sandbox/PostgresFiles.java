// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The configuration files of a server. The sandbox's settings are in a separate file that postgresql.conf includes, so
 * that {@code ALTER SYSTEM} and a reload work as usual.
 *
 * @param data the data directory
 */
record PostgresFiles(Path data) {

    /** Settings for logical decoding, and for a crash that leaves no files outside the data directory. */
    static final Map<String, String> DEFAULTS = defaults();

    private static final String SETTINGS = "sandbox.conf";
    private static final String ALTER_SYSTEM = "postgresql.auto.conf";

    private static Map<String, String> defaults() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", "");
        settings.put("wal_level", "logical");
        settings.put("max_wal_senders", "20");
        settings.put("max_replication_slots", "20");
        settings.put("dynamic_shared_memory_type", "mmap");
        settings.put("log_timezone", "UTC");
        settings.put("timezone", "UTC");
        return Map.copyOf(settings);
    }

    void write(Map<String, String> settings, List<String> passwordRoles) throws IOException {
        Files.writeString(data.resolve(SETTINGS), conf(settings));
        Files.writeString(data.resolve("pg_hba.conf"), hba(passwordRoles));
        Path main = data.resolve("postgresql.conf");
        String include = "include '" + SETTINGS + "'\n";
        String lines = Files.readString(main);
        if (!lines.endsWith(include)) {
            Files.writeString(main, lines + include);
        }
    }

    /** Undoes {@code ALTER SYSTEM SET} of some settings. The server must not be running. */
    void reset(String... names) throws IOException {
        Path file = data.resolve(ALTER_SYSTEM);
        Files.write(file, without(Files.readAllLines(file), names));
    }

    static List<String> without(List<String> lines, String... names) {
        return lines.stream()
                .filter(line -> Stream.of(names).noneMatch(name -> line.startsWith(name + " = ")))
                .toList();
    }

    static String conf(Map<String, String> settings) {
        StringBuilder lines = new StringBuilder();
        settings.forEach((name, value) -> lines.append(name)
                .append(" = '")
                .append(value.replace("'", "''"))
                .append("'\n"));
        return lines.toString();
    }

    static String hba(List<String> passwordRoles) {
        List<String> lines = new ArrayList<>();
        for (String role : passwordRoles) {
            String quoted = '"' + role.replace("\"", "\"\"") + '"';
            lines.add("host all " + quoted + " 127.0.0.1/32 scram-sha-256");
            lines.add("host replication " + quoted + " 127.0.0.1/32 scram-sha-256");
        }
        lines.add("host all all 127.0.0.1/32 trust");
        lines.add("host replication all 127.0.0.1/32 trust");
        return String.join("\n", lines) + "\n";
    }
}
