// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertNoErrors;
import static dev.tributary.preflight.FindingAssert.assertOnly;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.WaitLimit;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.LoginPassword;
import dev.tributary.postgres.PostgresServer;
import dev.tributary.preflight.Finding.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionIT {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws IOException {
        server = PostgresServer.start(18, Map.of("listen_addresses", "127.0.0.1,::1"));
        server.execute(
                "CREATE ROLE app LOGIN REPLICATION PASSWORD 'app'",
                "CREATE ROLE nologin",
                "CREATE ROLE busy LOGIN CONNECTION LIMIT 0",
                "CREATE ROLE outsider LOGIN",
                "CREATE DATABASE closed",
                "REVOKE CONNECT ON DATABASE closed FROM PUBLIC",
                "CREATE TABLE orders (id int PRIMARY KEY)",
                "ALTER TABLE orders OWNER TO app",
                "GRANT CREATE ON DATABASE postgres TO app");
        var rules = new ArrayList<>(List.of(
                "host all app all scram-sha-256", "host all outsider all reject", "hostssl all secret all trust"));
        var file = Path.of(server.ask("SHOW hba_file"));
        rules.addAll(Files.readAllLines(file));
        Files.write(file, rules);
        server.execute("SELECT pg_reload_conf()");
        Awaitility.await()
                .until(() -> server.ask("SELECT count(*) FROM pg_hba_file_rules WHERE 'app' = ANY (user_name)")
                        .equals("1"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void findsNoErrorInAHealthyDatabase() {
        // When
        var findings = Requests.on(server.target("postgres", "app"))
                .capturing("public.orders")
                .run();

        // Then
        assertThat(findings).isEmpty();
    }

    @Test
    void leavesNeitherThreadNorConnectionBehind() {
        // When
        assertNoErrors(Requests.on(server.target("postgres", "app")).run());

        // Then
        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .noneMatch(
                                thread -> thread.isAlive() && thread.getName().startsWith("tributary-preflight")));
        Awaitility.await()
                .until(() -> server.ask("SELECT count(*) FROM pg_stat_activity"
                                + " WHERE application_name = 'Tributary preflight'")
                        .equals("0"));
    }

    @Test
    void namesAPoolerThatRefusesReplication() throws IOException {
        // Given
        try (var pooler = new Pooler(server.port())) {

            // When
            var findings = Requests.on(target("127.0.0.1", pooler.port(), Map.of()))
                    .capturing("public.orders")
                    .run();

            // Then
            assertOnly(findings)
                    .is(Severity.ERROR, "database.hostname")
                    .says(
                            "127.0.0.1:" + pooler.port() + " is a connection pooler such as PgBouncer",
                            "unsupported startup parameter: replication",
                            "to the Postgres server itself");
        }
    }

    @Test
    void acceptsAnIpv6Address() {
        assertThat(Requests.on(target("::1", server.port(), Map.of()))
                        .capturing("public.orders")
                        .run())
                .isEmpty();
    }

    @Test
    void reportsAnUnknownHostOnTheHost() {
        assertOnly(Requests.on(target("no-such-host.invalid", server.port(), Map.of()))
                        .run())
                .is(Severity.ERROR, "database.hostname")
                .says("Host no-such-host.invalid cannot be resolved");
    }

    @Test
    void reportsARefusedConnectionOnThePort() throws IOException {
        // Given: a port that is taken, so that no other process can listen there
        try (var silent = new Socket()) {
            silent.bind(new InetSocketAddress(0));
            int port = silent.getLocalPort();

            // When / Then
            assertOnly(Requests.on(target("localhost", port, Map.of())).run())
                    .is(Severity.ERROR, "database.port")
                    .says("No server is listening on localhost:" + port);
        }
    }

    @Test
    void reportsAnInvalidPortOnThePort() {
        assertOnly(Requests.on(target("localhost", 99_999, Map.of())).run())
                .is(Severity.ERROR, "database.port")
                .says("99999");
    }

    @Test
    void givesUpOnAHostThatNeverAnswers() throws IOException {
        // Given
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var target = target("localhost", silent.getLocalPort(), Map.of("connectTimeout", "1", "loginTimeout", "1"));

            // When
            var findings = CompletableFuture.supplyAsync(
                            () -> Requests.on(target).run())
                    .orTimeout(WaitLimit.LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .join();

            // Then
            assertOnly(findings).is(Severity.ERROR, "database.hostname").says("did not answer");
        }
    }

    @Test
    void reportsAServerThatIsNotPostgres() throws IOException {
        // Given
        try (var other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var answering = CompletableFuture.runAsync(() -> answer(other, "HTTP/1.1 400 Bad Request\r\n\r\n"));

            // When
            var findings = Requests.on(target("localhost", other.getLocalPort(), Map.of("sslmode", "disable")))
                    .run();

            // Then
            assertOnly(findings).is(Severity.ERROR, "database.port").says("is not Postgres");
            answering.cancel(true);
        }
    }

    @Test
    void leavesOutPropertiesThatTheDriverDoesNotHave() {
        assertThat(Requests.on(target("localhost", server.port(), Map.of("nonsense", "1")))
                        .capturing("public.orders")
                        .run())
                .isEmpty();
    }

    @Test
    void reportsAWrongPasswordOnThePassword() {
        // Given
        var target = new ConnectionTarget("localhost", server.port(), "postgres", "app", "hush-hush", Map.of());

        // When
        var findings = Requests.on(target).run();

        // Then
        assertOnly(findings).is(Severity.ERROR, "database.password").says("role app");
        assertThat(findings.get(0).message() + target).doesNotContain("hush-hush");
    }

    @Test
    void reportsAPasswordFileOnItsOption(@TempDir Path directory) throws IOException {
        var file = directory.resolve("password");
        var driver = Map.of(
                "authenticationPluginClassName", LoginPassword.class.getName(), LoginPassword.FILE, file.toString());
        var target = new ConnectionTarget("localhost", server.port(), "postgres", "app", null, driver);
        assertOnly(Requests.on(target).run())
                .is(Severity.ERROR, "database.password.file")
                .says("no password file " + file);

        Files.writeString(file, "hush-hush");
        assertOnly(Requests.on(target).run())
                .is(Severity.ERROR, "database.password.file")
                .says("does not accept the password in " + file);

        Files.writeString(file, "app\n");
        assertThat(Requests.on(target).capturing("public.orders").run()).isEmpty();
    }

    /** A class that is not there, one that gives no passwords, and one whose service does not answer. */
    @ParameterizedTest
    @CsvSource({
        "com.example.Token, cannot be used: the plugin has no such class",
        "java.lang.String, cannot be used: it is no org.postgresql.plugin.AuthenticationPlugin",
        "dev.tributary.postgres.TokenService$Away, gave no password: the token service is away",
        "dev.tributary.postgres.TokenService$Silent, gave no password"
    })
    void reportsAPluginOfTheDriverThatGivesNoPassword(String name, String reason) {
        var driver = Map.of("authenticationPluginClassName", LoginPassword.class.getName(), LoginPassword.CLASS, name);
        assertOnly(Requests.on(new ConnectionTarget("localhost", server.port(), "postgres", "app", null, driver))
                        .run())
                .is(Severity.ERROR, "driver.authenticationPluginClassName")
                .says(name + " " + reason);
    }

    @Test
    void reportsAMissingPasswordOnThePassword() {
        assertOnly(Requests.on(new ConnectionTarget("localhost", server.port(), "postgres", "app", null, Map.of()))
                        .run())
                .is(Severity.ERROR, "database.password")
                .says("none is set");
    }

    @Test
    void reportsAnUnknownRoleOnTheUser() {
        assertOnly(Requests.on(server.target("postgres", "Nobody")).run())
                .is(Severity.ERROR, "database.user")
                .says("CREATE ROLE \"Nobody\" LOGIN REPLICATION");
    }

    @Test
    void reportsARoleThatCannotLogInOnTheUser() {
        // When
        var findings = Requests.on(server.target("postgres", "nologin")).run();

        // Then
        assertOnly(findings).is(Severity.ERROR, "database.user").says("ALTER ROLE nologin LOGIN");
    }

    @Test
    void suggestsTheMissingLineOfPgHba() {
        assertOnly(Requests.on(server.target("postgres", "outsider")).run())
                .is(Severity.ERROR, "database.user")
                .says("host postgres outsider 127.0.0.1/32 scram-sha-256");
    }

    @Test
    void reportsAnUnknownDatabaseOnTheDatabase() {
        assertOnly(Requests.on(server.target("shpo", "app")).run())
                .is(Severity.ERROR, "database.dbname")
                .says("no database shpo");
    }

    @Test
    void suggestsTheGrantToConnect() {
        // Given
        var request = Requests.on(server.target("closed", "app"));

        // When
        var findings = request.run();

        // Then
        var found = assertOnly(findings)
                .is(Severity.ERROR, "database.user")
                .fixedBy("GRANT CONNECT ON DATABASE closed TO app");
        server.execute(found.statements());
        assertThat(request.run()).noneMatch(finding -> finding.fix().text().contains("GRANT CONNECT"));
    }

    @Test
    void reportsMissingTlsOnTheSslMode() {
        assertOnly(Requests.on(target("localhost", server.port(), Map.of("sslmode", "require")))
                        .run())
                .is(Severity.ERROR, "database.sslmode")
                .says("database.sslmode=require");
    }

    @Test
    void reportsAConnectionLimit() {
        assertOnly(Requests.on(server.target("postgres", "busy")).run())
                .is(Severity.ERROR, "database.hostname")
                .says("too many connections", "ALTER ROLE busy CONNECTION LIMIT -1");
    }

    private static ConnectionTarget target(String host, int port, Map<String, String> properties) {
        return new ConnectionTarget(host, port, "postgres", "app", "app", properties);
    }

    private static void answer(ServerSocket server, String text) {
        try (var socket = server.accept()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isNotNegative();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
