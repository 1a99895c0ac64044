// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.Certificates;
import dev.tributary.postgres.Certificates.Certificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCertificateTest {

    @TempDir
    private static Path directory;

    private static Certificates authority;
    private static Certificate app;

    @BeforeAll
    static void sign() throws Exception {
        authority = Certificates.of(directory, "authority");
        app = authority.sign("app");
    }

    @Test
    void nothingIsWrongWithAPair() throws Exception {
        assertThat(ClientCertificate.of(app.properties()).fault()).isEmpty();
        byte[] der = Base64.getMimeDecoder().decode(Files.readString(app.key()).replaceAll("-----[A-Z ]+-----", ""));
        Path binary = Files.write(directory.resolve("app.pk8"), der);
        assertThat(new ClientCertificate(app.certificate().toString(), binary.toString()).fault())
                .isEmpty();
    }

    @Test
    void aKeyOfAnotherCertificateIsNamed() throws Exception {
        String other = authority.sign("eve").key().toString();
        assertThat(new ClientCertificate(app.certificate().toString(), other).fault())
                .contains("database.sslkey is the key of another one");
    }

    @Test
    void anExpiredAndAnEarlyCertificateAreNamed() throws Exception {
        assertThat(ClientCertificate.of(authority
                                .sign("old", "-startdate", "-10d", "-validity", "5")
                                .properties())
                        .fault())
                .get()
                .asString()
                .startsWith("it has expired (NotAfter");
        assertThat(ClientCertificate.of(authority
                                .sign("new", "-startdate", "+5d", "-validity", "5")
                                .properties())
                        .fault())
                .get()
                .asString()
                .startsWith("it is not valid yet (NotBefore");
    }

    @Test
    void whatCannotBeReadIsNotBlamed() throws Exception {
        assertThat(ClientCertificate.of(Map.of()).fault()).isEmpty();
        assertThat(new ClientCertificate(
                                app.certificate().toString(),
                                directory.resolve("none").toString())
                        .fault())
                .isEmpty();
        Path encrypted = authority.encrypted(app, "passphrase");
        assertThat(new ClientCertificate(app.certificate().toString(), encrypted.toString()).fault())
                .isEmpty();
    }
}
