// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares the truth with the tables that it is about. */
record TruthAudit(Connection connection) {

    /** The rows of each table are what its changes lead to, and their digests are those of their payload. */
    void assertTruth() throws SQLException {
        Map<LoadTable, List<Change>> changes = changes();
        for (LoadTable table : LoadTable.values()) {
            Map<String, String> rows = Truth.rows(connection, table);
            List<Change> history = changes.getOrDefault(table, List.of());
            if (table.hasKey()) {
                assertThat(replay(history)).as(table.relation()).isEqualTo(rows);
            } else {
                assertKeyless(history, rows.keySet());
            }
            assertDigests(table, history);
        }
    }

    /** The changes of each key have the order of the commits of their transactions. */
    void assertOrder(List<Long> commits) throws SQLException {
        Map<Long, Integer> ranks = new HashMap<>();
        commits.forEach(xid -> ranks.put(xid, ranks.size()));
        Map<String, Integer> last = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT relation || ' ' || key, xid::text::bigint FROM truth.change WHERE key IS NOT NULL"
                                + " AND xid::text::bigint >= " + commits.get(0) + " ORDER BY seq")) {
            while (row.next()) {
                String key = row.getString(1);
                int rank = ranks.getOrDefault(row.getLong(2), -1);
                assertThat(rank).as(key).isNotNegative();
                Integer before = last.put(key, rank);
                assertThat(before == null || before <= rank)
                        .as("%s is in the order of the commits", key)
                        .isTrue();
            }
        }
        assertThat(last).isNotEmpty();
    }

    long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private Map<LoadTable, List<Change>> changes() throws SQLException {
        return Truth.changes(connection).stream()
                .collect(Collectors.groupingBy(
                        change -> LoadTable.named(change.relation()).orElseThrow(),
                        () -> new EnumMap<>(LoadTable.class),
                        Collectors.toList()));
    }

    private static Map<String, String> replay(List<Change> history) {
        Map<String, String> rows = new HashMap<>();
        for (Change change : history) {
            switch (change.op()) {
                case Change.TRUNCATE -> rows.clear();
                case Change.DELETE -> {
                    assertThat(rows.remove(change.key()))
                            .as("the row that %s deletes", change)
                            .isEqualTo(change.tag());
                }
                case Change.CREATE -> {
                    assertThat(rows.put(change.key(), change.tag()))
                            .as("a row before %s", change)
                            .isNull();
                }
                default -> {
                    assertThat(rows.put(change.key(), change.tag()))
                            .as("the row that %s updates", change)
                            .isNotNull();
                }
            }
        }
        return rows;
    }

    /** An update does not say which tag it replaces. */
    private static void assertKeyless(List<Change> history, Set<String> tags) {
        Set<String> written = new HashSet<>();
        int rows = 0;
        for (Change change : history) {
            assertThat(change.key()).isNull();
            switch (change.op()) {
                case Change.DELETE -> {
                    assertThat(written.remove(change.tag())).isTrue();
                    rows--;
                }
                case Change.CREATE -> {
                    assertThat(written.add(change.tag())).isTrue();
                    rows++;
                }
                default -> assertThat(written.add(change.tag())).isTrue();
            }
        }
        assertThat(written).containsAll(tags);
        assertThat(tags).hasSize(rows);
    }

    private void assertDigests(LoadTable table, List<Change> history) throws SQLException {
        Map<String, String> digests = new HashMap<>();
        history.stream()
                .filter(change -> change.op() == Change.CREATE || change.op() == Change.UPDATE)
                .forEach(change -> digests.put(change.tag(), change.digest()));
        String columns = String.join(", ", table.payloadColumns());
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT tag, digest, " + columns + " FROM " + table.relation())) {
            while (row.next()) {
                StringBuilder payload = new StringBuilder();
                for (int i = 0; i < table.payloadColumns().size(); i++) {
                    Object value = row.getObject(i + 3);
                    payload.append(i == 0 ? "" : "|").append(value == null ? "~" : value);
                }
                assertThat(row.getString(2))
                        .as(table.relation())
                        .isEqualTo(md5(payload.toString()))
                        .isEqualTo(digests.get(row.getString(1)));
            }
        }
    }

    private static String md5(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
