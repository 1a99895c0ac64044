// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options of the converter, and what they put into requests. */
class ConverterOptionsTest {

    private final TestRegistry registry = new TestRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    private void converted(String... options) {
        Map<String, String> configs = new HashMap<>(Map.of(ConverterOptions.URL, registry.url()));
        for (int i = 0; i < options.length; i += 2) {
            configs.put(options[i], options[i + 1]);
        }
        TributaryAvroConverter converter = new TributaryAvroConverter();
        converter.configure(configs, false);
        converter.fromConnectData("t", Schema.STRING_SCHEMA, "x");
    }

    private String authorization() {
        return registry.header(0, "Authorization");
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    /** With its defaults, Apicurio's converter writes other messages, or other ids. */
    @Test
    void optionsOfApicuriosConverterMustBeThoseOfConfluentsFormat() {
        String url = "apicurio.registry.url";
        assertThatThrownBy(() -> converted(url, "http://registry/apis/registry/v2"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("apicurio.registry.as-confluent=true")
                .hasMessageContaining("apicurio.registry.headers.enabled=false")
                .hasMessageContaining("apicurio.registry.use-id=contentId");
        assertThatThrownBy(() -> converted(
                        "apicurio.registry.as-confluent", "true", "apicurio.registry.headers.enabled", "false"))
                .hasMessageContaining("with apicurio.registry.use-id=contentId;");

        converted(
                url,
                "http://registry/apis/registry/v2",
                "apicurio.registry.as-confluent",
                "true",
                "apicurio.registry.headers.enabled",
                "false",
                "apicurio.registry.use-id",
                "contentId");
        assertThat(registry.requests()).isNotEmpty();
    }

    @Test
    void nobodyIsNamedByDefault() {
        converted();

        assertThat(authorization()).isEmpty();
    }

    @Test
    void nameAndPasswordComeFromTheOption() {
        converted(ConverterOptions.BASIC_SOURCE, "USER_INFO", ConverterOptions.BASIC_USER_INFO, "ann:pass:wörd");

        assertThat(authorization()).isEqualTo(basic("ann:pass:wörd"));
    }

    @Test
    void nameAndPasswordComeFromTheUrl() {
        converted(ConverterOptions.URL, registry.url().replace("://", "://ann:p%40ss@"));

        assertThat(authorization()).isEqualTo(basic("ann:p@ss"));
    }

    @Test
    void nameAndPasswordComeFromTheLoginToKafka() {
        converted(
                ConverterOptions.BASIC_SOURCE,
                "SASL_INHERIT",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ann\" password=\"p\";");

        assertThat(authorization()).isEqualTo(basic("ann:p"));
    }

    /** The configuration that Confluent Cloud proposes. */
    @Test
    void optionsMayHaveThePrefixOfTheUrl() {
        converted("basic.auth.credentials.source", "USER_INFO", "schema.registry.basic.auth.user.info", "key:secret");

        assertThat(authorization()).isEqualTo(basic("key:secret"));
    }

    @Test
    void aLineBreakAtTheEndOfASecretIsNoPartOfIt() {
        converted(ConverterOptions.HEADER_PREFIX + "X-Api-Key", "secret\n");

        assertThat(registry.header(0, "X-api-key")).isEqualTo("secret");
    }

    @Test
    void aTokenIsSent() {
        converted(
                ConverterOptions.BEARER_TOKEN,
                "abc",
                ConverterOptions.BEARER_CLUSTER,
                "lsrc-1",
                ConverterOptions.HEADER_PREFIX + "X-Team",
                "shop");

        assertThat(authorization()).isEqualTo("Bearer abc");
        assertThat(registry.header(0, "Target-sr-cluster")).isEqualTo("lsrc-1");
        assertThat(registry.header(0, "X-team")).isEqualTo("shop");
    }

    @Test
    void tokensAreRequestedBeforeTheyExpire() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        HttpServer issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/token", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean valid = form.equals("grant_type=client_credentials&scope=read+write")
                    && basic("me:it%26s").equals(exchange.getRequestHeaders().getFirst("Authorization"));
            String answer = "{\"access_token\":\"token" + requests.incrementAndGet() + "\",\"expires_in\":"
                    + (valid ? 0 : 900) + "}";
            exchange.sendResponseHeaders(200, answer.length());
            exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        issuer.start();
        Map<String, String> configs = Map.of(
                ConverterOptions.URL, registry.url(),
                ConverterOptions.BEARER_SOURCE, "OAUTHBEARER",
                ConverterOptions.TOKEN_URL,
                        "http://127.0.0.1:" + issuer.getAddress().getPort() + "/token",
                ConverterOptions.TOKEN_CLIENT, "me",
                ConverterOptions.TOKEN_SECRET, "it&s",
                ConverterOptions.TOKEN_SCOPE, "read write");
        TributaryAvroConverter converter = new TributaryAvroConverter();
        converter.configure(configs, false);

        converter.fromConnectData("t", Schema.STRING_SCHEMA, "x");
        converter.fromConnectData("u", Schema.STRING_SCHEMA, "x");

        issuer.stop(0);
        assertThat(registry.header(0, "Authorization")).isEqualTo("Bearer token1");
        assertThat(registry.header(1, "Authorization")).isEqualTo("Bearer token2");
    }

    @ParameterizedTest
    @CsvSource({
        "schema.registry.url, ''",
        "schema.registry.url, mock://x",
        "schema.registry.url, localhost:8081",
        "auto.register.schemas, perhaps",
        "value.subject.name.strategy, com.example.MyStrategy",
        "basic.auth.credentials.source, FILE",
        "basic.auth.credentials.source, SASL_INHERIT",
        "basic.auth.user.info, nocolon",
        "bearer.auth.credentials.source, CUSTOM",
        "bearer.auth.credentials.source, OAUTHBEARER",
        "proxy.host, proxy.example.com",
        "schema.registry.ssl.truststore.location, /nowhere",
        "schema.registry.ssl.endpoint.identification.algorithm, ''",
        "generalized.sum.type.support, true",
        "use.schema.id, 7",
        "max.retries, -1",
        "schema.registry.url, http://schema_registry:8081",
        "value.schema.id.serializer, io.confluent.kafka.serializers.schema.id.HeaderSchemaIdSerializer",
        "use.latest.with.metadata, a:b",
    })
    void invalidOptionsAreRefused(String option, String value) {
        assertThatThrownBy(() -> converted(option, value)).isInstanceOf(ConfigException.class);
        assertThat(registry.requests()).isEmpty();
    }

    @Test
    void secretsAreNotInMessages() {
        assertThatThrownBy(() -> converted(ConverterOptions.URL, "http://ann:secret@[/"))
                .isInstanceOf(ConfigException.class)
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> converted(ConverterOptions.HEADER_PREFIX + "X", "secret\nmore"))
                .isInstanceOf(ConfigException.class)
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> converted(ConverterOptions.BASIC_USER_INFO, "secret"))
                .isInstanceOf(ConfigException.class)
                .message()
                .doesNotContain("secret");
    }

    @Test
    void aProxyIsUsed() {
        converted(
                ConverterOptions.URL, "http://registry.example.com",
                ConverterOptions.PROXY_HOST, "127.0.0.1",
                ConverterOptions.PROXY_PORT,
                        registry.url().substring(registry.url().lastIndexOf(':') + 1));

        assertThat(registry.requests()).containsExactly("POST http://registry.example.com/subjects/t-value/versions");
    }
}
