// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertOnly;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.Certificates;
import dev.tributary.postgres.Certificates.Certificate;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.PostgresServer;
import dev.tributary.preflight.Finding.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a check says about a server that accepts a role only with TLS and a certificate of the client. */
class TlsIT {

    private static final String[] EXPIRED = {"-startdate", "-10d", "-validity", "5"};
    private static final String[] EARLY = {"-startdate", "+5d", "-validity", "10"};
    private static final String[] LOCALHOST = {"-ext", "san=dns:localhost"};

    @TempDir
    private static Path directory;

    private static Certificates authority;
    private static Certificates other;
    private static Certificate client;
    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        authority = Certificates.of(directory, "authority");
        other = Certificates.of(directory, "other");
        client = authority.sign("app");
        server = server(authority.sign("server", LOCALHOST));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void acceptsAServerAndAClientThatProveWhoTheyAre() {
        assertThat(check("localhost", Map.of())).isEmpty();
    }

    @Test
    void namesTheHostThatIsNotInTheCertificate() {
        assertOnly(check("127.0.0.1", Map.of()))
                .is(Severity.ERROR, "database.hostname")
                .says("does not name the host 127.0.0.1", "set database.hostname to a name in the certificate");
    }

    @Test
    void namesTheFileWithoutTheAuthorityOfTheServer() {
        assertOnly(check("localhost", Map.of("sslrootcert", other.authority().toString())))
                .is(Severity.ERROR, "database.sslrootcert")
                .says("not signed by an authority in database.sslrootcert, " + other.authority(), "openssl s_client");
    }

    @Test
    void wantsTheAuthorityOfTheServer() {
        var driver = new HashMap<>(Map.of("sslmode", "verify-full"));
        driver.putAll(client.properties());
        assertOnly(Requests.on(target(server, "localhost", driver)).run())
                .is(Severity.ERROR, "database.sslrootcert")
                .says("root.crt");
    }

    @Test
    void namesACertificateOfTheServerThatHasExpired() throws Exception {
        try (var expired = server(authority.sign("server", concat(LOCALHOST, EXPIRED)))) {
            assertOnly(Requests.on(target(expired, "localhost", properties())).run())
                    .is(Severity.ERROR, "database.sslmode")
                    .says("The certificate of the server, or of its authority, has expired: NotAfter", "clock");
        }
    }

    @Test
    void namesACertificateOfTheServerThatIsNotValidYet() throws Exception {
        try (var early = server(authority.sign("server", concat(LOCALHOST, EARLY)))) {
            assertOnly(Requests.on(target(early, "localhost", properties())).run())
                    .is(Severity.ERROR, "database.sslmode")
                    .says("is not valid yet: NotBefore");
        }
    }

    @Test
    void namesAServerWithoutTls() throws Exception {
        try (var plain = PostgresServer.start(18, Map.of())) {
            assertOnly(Requests.on(target(plain, "localhost", properties())).run())
                    .is(Severity.ERROR, "database.sslmode")
                    .says("verify-full failed: The server does not support SSL", "ssl = on");
        }
    }

    @Test
    void namesACertificateOfTheClientThatHasExpired() throws Exception {
        assertOnly(check("localhost", authority.sign("app", EXPIRED).properties()))
                .is(Severity.ERROR, "database.sslcert")
                .says("refused the certificate of database.sslcert: it has expired (NotAfter");
    }

    @Test
    void namesACertificateOfAnotherAuthority() throws Exception {
        assertOnly(check("localhost", other.sign("app").properties()))
                .is(Severity.ERROR, "database.sslcert")
                .says("did not get the certificate of database.sslcert", "ssl_ca_file");
    }

    @Test
    void namesACertificateOfAnotherRole() throws Exception {
        assertOnly(check("localhost", authority.sign("eve").properties()))
                .is(Severity.ERROR, "database.sslcert")
                .says("for role app", "common name (CN) is app", "pg_ident.conf");
    }

    @Test
    void namesAKeyOfAnotherCertificate() throws Exception {
        assertOnly(check(
                        "localhost",
                        Map.of("sslkey", authority.sign("app").key().toString())))
                .is(Severity.ERROR, "database.sslcert")
                .says("the key that belongs to it");
    }

    @Test
    void wantsACertificateOfTheClient() {
        var driver = Map.of(
                "sslmode", "verify-full", "sslrootcert", authority.authority().toString());
        assertOnly(Requests.on(target(server, "localhost", driver)).run())
                .is(Severity.ERROR, "database.sslcert")
                .says("none is set", "database.sslkey");
    }

    @ParameterizedTest
    @CsvSource({
        "sslcert, true",
        "sslkey, true",
        "sslrootcert, true",
        "sslcert, false",
        "sslkey, false",
        "sslrootcert, false"
    })
    void namesAFileThatCannotBeUsed(String property, boolean exists) throws Exception {
        // Given
        Path file = directory.resolve(property + exists);
        if (exists) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, "not PEM");
        }

        // When / Then
        assertOnly(check("localhost", Map.of(property, file.toString())))
                .is(Severity.ERROR, "database." + property)
                .says(file.toString(), "that every Connect worker");
    }

    @Test
    void namesAKeyThatOthersCanRead() throws Exception {
        // Given
        Path open = Files.copy(client.key(), directory.resolve("open.key"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

        // When / Then
        assertOnly(check("localhost", Map.of("sslkey", open.toString())))
                .is(Severity.ERROR, "database.sslkey")
                .says("no other user");
    }

    @Test
    void wantsThePassphraseOfAnEncryptedKey() throws Exception {
        // Given
        String key = authority.encrypted(client, "open sesame").toString();

        // When / Then
        assertOnly(check("localhost", Map.of("sslkey", key)))
                .is(Severity.ERROR, "database.sslpassword")
                .says("has a passphrase");
        assertOnly(check("localhost", Map.of("sslkey", key, "sslpassword", "hush-hush")))
                .is(Severity.ERROR, "database.sslpassword")
                .says("cannot be decrypted");
        assertThat(check("localhost", Map.of("sslkey", key, "sslpassword", "open sesame")))
                .isEmpty();
    }

    /** What a check finds with the right properties, but for some. */
    private static List<Finding> check(String host, Map<String, String> changes) {
        var driver = properties();
        driver.putAll(changes);
        return Requests.on(target(server, host, driver))
                .capturing("public.orders")
                .run();
    }

    private static Map<String, String> properties() {
        Map<String, String> driver = new HashMap<>(client.properties());
        driver.put("sslmode", "verify-full");
        driver.put("sslrootcert", authority.authority().toString());
        return driver;
    }

    private static ConnectionTarget target(PostgresServer server, String host, Map<String, String> driver) {
        return new ConnectionTarget(host, server.port(), "postgres", "app", null, driver);
    }

    private static String[] concat(String[] some, String[] more) {
        return Stream.concat(Arrays.stream(some), Arrays.stream(more)).toArray(String[]::new);
    }

    private static PostgresServer server(Certificate own) throws Exception {
        var started = PostgresServer.start(18, authority.server(own));
        started.execute(
                "CREATE ROLE app LOGIN REPLICATION",
                "CREATE TABLE orders (id int PRIMARY KEY)",
                "ALTER TABLE orders OWNER TO app",
                "GRANT CREATE ON DATABASE postgres TO app");
        return started;
    }
}
