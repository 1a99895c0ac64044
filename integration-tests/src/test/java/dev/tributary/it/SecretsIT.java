// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No secret of a configuration reaches a log. {@link Secrets} also searches the logs of every other test. */
class SecretsIT {

    private static final String PACKAGE = "dev.tributary.transforms.";

    /** Options of every prefix that a configuration can have; the parts that they belong to ignore most of them. */
    private static final List<String> OPTIONS = List.of(
            "database.password",
            "database.sslpassword",
            "driver.sslpassword",
            "transforms.mask.hash.key",
            "transforms.mask.api.token",
            "predicates.rows.password",
            "key.converter.basic.auth.user.info",
            "value.converter.schema.registry.ssl.key.password",
            "header.converter.token",
            "producer.override.ssl.keystore.password",
            "signal.consumer.ssl.truststore.password",
            "reselect.client.secret",
            "openlineage.integration.token",
            "an.option.that.nobody.knows");

    private final Servers servers = Servers.shared();

    @Test
    void noSecretOfAnyPrefixReachesTheLog() throws Exception {
        // Given
        TestDatabase database = servers.database();
        database.execute("CREATE TABLE customers (id int PRIMARY KEY, email text, note text)");
        TestConnector connector = new TestConnector(servers.rest(), database)
                .tables("public.customers")
                .with("transforms", "mask")
                .with("transforms.mask.type", PACKAGE + "MaskFields")
                .with("transforms.mask.rules", "*.customers.email=hash")
                .with("transforms.mask.encrypt.keys", "2026-11:" + keyOf32Bytes())
                .with("transforms.mask.predicate", "rows")
                .with("predicates", "rows")
                .with("predicates.rows.type", PACKAGE + "IsOperation")
                .with("predicates.rows.operations", "c,r")
                .with("post.processors", "reselect")
                .with("reselect.type", "io.debezium.processors.reselect.ReselectColumnsPostProcessor")
                .with("column.mask.hash.SHA-256.with.salt." + Secrets.newFor("a salt"), "public.customers.note");
        OPTIONS.forEach(option -> connector.with(option, Secrets.newFor(option)));

        // When
        int before = log().length();
        try (connector;
                Topics topics = new Topics(servers, connector)) {
            connector.start();
            database.execute("INSERT INTO customers VALUES (1, 'ann@example.org', 'new')");
            topics.await("customers", 1);
        }

        // Then
        String log = log().substring(before);
        assertThat(log)
                .contains("transforms.mask.hash.key = ********", "database.dbname = " + database.name())
                .contains("column.mask.hash.SHA-256.with.salt.******** = public.customers.note");
        assertThat(Secrets.in(log)).isEmpty();
    }

    @Test
    void aSecretInALogIsFound() {
        // Given
        String secret = Secrets.newFor("nothing");

        // When
        List<String> leaks = Secrets.in("one line\n  another = '" + secret + "'\n");

        // Then
        assertThat(leaks).singleElement().asString().contains("the secret of nothing", "another = '");
    }

    private static String keyOf32Bytes() {
        byte[] key = Secrets.newFor("encrypt.keys")
                .substring(0, 12)
                .concat("and.20.bytes.more.xx")
                .getBytes(UTF_8);
        return Secrets.used(Base64.getEncoder().encodeToString(key), "encrypt.keys");
    }

    private String log() throws Exception {
        return Files.readString(servers.worker().logFile(), UTF_8);
    }
}
