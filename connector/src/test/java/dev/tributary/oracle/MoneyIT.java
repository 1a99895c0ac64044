// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Amounts of {@code money}, which the server writes as {@code lc_monetary} says. */
class MoneyIT {

    /** With two, no and three decimal places; the point, the symbol and the groups are written in various ways. */
    private static final List<String> LOCALES = List.of(
            "C",
            "en_US.UTF-8",
            "de_DE.UTF-8",
            "fr_FR.UTF-8",
            "ka_GE.UTF-8",
            "ja_JP.UTF-8",
            "es_CL.UTF-8",
            "ar_KW.UTF-8");

    /** A symbol of one character in front, groups with commas, a decimal point if any. */
    private static final Set<String> ENGLISH = Set.of("C", "en_US.UTF-8", "ja_JP.UTF-8");

    private static final Map<String, String> OPTIONS = Map.of(
            "decimal.handling.mode",
            "string",
            "money.fraction.digits",
            "3",
            "event.converting.failure.handling.mode",
            "fail");

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Those that the machine has: the server takes them from its operating system. */
    static Stream<String> locales() {
        return LOCALES.stream().filter(MoneyIT::isInstalled);
    }

    private static boolean isInstalled(String locale) {
        try {
            server.execute("SET lc_monetary = '" + locale + "'");
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("locales")
    void anAmountIsThatOfTheDatabaseInEachLocale(String locale) throws Exception {
        try (Wal wal = amounts(locale)) {
            // Given
            List<BigDecimal> expected = expected(wal);
            Mark end = wal.mark();

            for (Contender contender : List.of(Contender.TRIBUTARY, Contender.FALLBACK)) {
                // When
                List<SourceRecord> streamed = wal.read(contender, OPTIONS, end);
                List<SourceRecord> read = wal.snapshot(contender, OPTIONS);

                // Then
                assertThat(amounts(streamed))
                        .as("%s streams in %s", contender, locale)
                        .usingElementComparator(BigDecimal::compareTo)
                        .isEqualTo(expected);
                assertThat(amounts(read))
                        .as("%s reads in %s", contender, locale)
                        .usingElementComparator(BigDecimal::compareTo)
                        .isEqualTo(expected);
            }
        }
    }

    /** Its literals and casts have the decimal places of the database, and are written as there. */
    @ParameterizedTest
    @MethodSource("locales")
    void aSelectOfTheUserRunsInTheLocaleOfTheDatabase(String locale) throws Exception {
        try (Wal wal = amounts(locale)) {
            // Given
            String limit = ask(wal, "SELECT 1000::money").get(0);
            Map<String, String> options = new HashMap<>(OPTIONS);
            options.put("snapshot.select.statement.overrides", "public.t");
            options.put(
                    "snapshot.select.statement.overrides.public.t",
                    "SELECT id, m::numeric AS m, n FROM public.t WHERE m > '" + limit + "'::money");
            wal.write(Statement.on(0, "SET lc_monetary = 'C'", "INSERT INTO t VALUES (4, '98765.40', NULL)"));

            // When
            List<Struct> rows = OneTable.rows(wal.snapshot(Contender.TRIBUTARY, options));

            // Then
            assertThat(rows)
                    .extracting(row ->
                            row.getInt32("id") + " " + number(row.getString("m")) + " " + number(row.getString("n")))
                    .containsExactlyInAnyOrderElementsOf(ask(
                            wal,
                            "SELECT id || ' ' || trim_scale(m::numeric) || ' '"
                                    + " || coalesce(trim_scale(n::numeric)::text, '-') FROM t WHERE m > 1000::money"))
                    .isNotEmpty();
        }
    }

    private static String number(@Nullable String amount) {
        return amount == null
                ? "-"
                : new BigDecimal(amount).stripTrailingZeros().toPlainString();
    }

    /** In a session that begins now. */
    private static List<String> ask(Wal wal, String sql) throws SQLException {
        List<String> answers = new ArrayList<>();
        try (Connection connection = wal.connect();
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
        }
        return answers;
    }

    @ParameterizedTest
    @MethodSource("locales")
    void debeziumNeedsTheNotationOfEnglishLocales(String locale) throws Exception {
        try (Wal wal = amounts(locale)) {
            // Given
            Mark end = wal.mark();
            boolean isRead;

            // When
            try {
                isRead = plain(amounts(wal.read(Contender.DEBEZIUM, OPTIONS, end)))
                        .equals(plain(expected(wal)));
            } catch (RuntimeException e) {
                isRead = false;
            }

            // Then
            assertThat(isRead).isEqualTo(ENGLISH.contains(locale));
        }
    }

    private static Wal amounts(String locale) {
        Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, m money, n money)");
        wal.set("lc_monetary = '" + locale + "'");
        wal.write(Statement.on(
                0,
                "SET lc_monetary = 'C'",
                "INSERT INTO t VALUES (1, '1234.50', '-1234567.50')",
                "INSERT INTO t VALUES (2, '0', '-92233720368547758.08')",
                "INSERT INTO t VALUES (3, '12.50', '-0.05')"));
        return wal;
    }

    /** In the locale of the database, as a session of an application has them. */
    private static List<BigDecimal> expected(Wal wal) throws SQLException {
        List<BigDecimal> amounts = new ArrayList<>();
        try (Connection connection = wal.connect();
                ResultSet rows =
                        connection.createStatement().executeQuery("SELECT m::numeric, n::numeric FROM t ORDER BY id")) {
            while (rows.next()) {
                amounts.add(rows.getBigDecimal(1));
                amounts.add(rows.getBigDecimal(2));
            }
        }
        return amounts;
    }

    private static List<BigDecimal> amounts(List<SourceRecord> records) {
        List<BigDecimal> amounts = new ArrayList<>();
        for (Struct row : OneTable.rows(records)) {
            amounts.add(new BigDecimal(row.getString("m")));
            amounts.add(new BigDecimal(row.getString("n")));
        }
        return amounts;
    }

    private static List<String> plain(List<BigDecimal> amounts) {
        return amounts.stream()
                .map(amount -> amount.stripTrailingZeros().toPlainString())
                .toList();
    }
}
