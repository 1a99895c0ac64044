// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import dev.tributary.avro.registry.Access;
import dev.tributary.avro.registry.Credentials;
import dev.tributary.avro.registry.OAuthTokens;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/** How the options of the converter say that the registry is reached. */
final class RegistryAccess {

    private final ConverterOptions options;

    private RegistryAccess(ConverterOptions options) {
        this.options = options;
    }

    /**
     * How the registry is reached.
     *
     * @throws ConfigException if an option is invalid
     */
    static Access of(ConverterOptions options) {
        return new RegistryAccess(options).access();
    }

    private Access access() {
        Optional<SSLContext> tls = tls();
        return new Access(
                urls(),
                credentials(tls),
                headers(),
                tls,
                proxy(),
                millis(ConverterOptions.CONNECT_TIMEOUT),
                millis(ConverterOptions.READ_TIMEOUT),
                options.getInt(ConverterOptions.RETRIES),
                millis(ConverterOptions.WAIT),
                millis(ConverterOptions.LONGEST_WAIT));
    }

    private Duration millis(String option) {
        return Duration.ofMillis(options.getInt(option));
    }

    private List<URI> urls() {
        return options.urls().stream()
                .map(url -> url(ConverterOptions.URL, url))
                .toList();
    }

    /** A validator of lists of URLs. */
    static void requireUrls(String option, @Nullable Object value) {
        if (!(value instanceof List<?> urls) || urls.isEmpty()) {
            throw new ConfigException(option, null, "There must be a URL");
        }
        urls.forEach(url -> url(option, String.valueOf(url)));
    }

    /** Messages do not repeat a URL, because it can have a password. */
    private static URI url(String option, String text) {
        URI url;
        try {
            url = new URI(text.trim());
        } catch (URISyntaxException e) {
            throw new ConfigException(option, "(hidden)", "It is not a URL");
        }
        if (!Set.of("http", "https").contains(String.valueOf(url.getScheme()))) {
            throw new ConfigException(option, "(hidden)", "It must begin with http:// or https://");
        }
        if (url.getHost() == null) {
            String reason = String.valueOf(url.getRawAuthority()).contains("_")
                    ? "The name of a host cannot have an underscore; give the host another name, or use its address"
                    : "It must name a host";
            throw new ConfigException(option, "(hidden)", reason);
        }
        return url;
    }

    private Credentials credentials(Optional<SSLContext> tls) {
        boolean basic = isSet(ConverterOptions.BASIC_SOURCE);
        boolean bearer = isSet(ConverterOptions.BEARER_SOURCE) || isSet(ConverterOptions.BEARER_TOKEN);
        if (basic && bearer) {
            throw new ConfigException("There can be a source of credentials of basic.auth or of bearer.auth, not both");
        }
        return bearer ? bearer(tls) : basic();
    }

    private boolean isSet(String option) {
        return options.originals().get(option) != null;
    }

    private Credentials basic() {
        String source = isSet(ConverterOptions.BASIC_USER_INFO) && !isSet(ConverterOptions.BASIC_SOURCE)
                ? "USER_INFO"
                : options.getString(ConverterOptions.BASIC_SOURCE);
        return switch (source) {
            case "URL" -> Credentials.ofUrl();
            case "USER_INFO" -> userInfo(options.getPassword(ConverterOptions.BASIC_USER_INFO));
            case "SASL_INHERIT" -> inherited();
            default ->
                throw new ConfigException(
                        ConverterOptions.BASIC_SOURCE, source, "Must be URL, USER_INFO or SASL_INHERIT");
        };
    }

    private static Credentials userInfo(Password info) {
        int colon = info.value().indexOf(':');
        if (colon < 0) {
            throw new ConfigException(ConverterOptions.BASIC_USER_INFO, "(hidden)", "Must be name:password");
        }
        return Credentials.basic(info.value().substring(0, colon), info.value().substring(colon + 1));
    }

    /** Name and password from the client's login to Kafka. */
    private Credentials inherited() {
        Map<String, Object> client = options.originals();
        if (client.get("sasl.jaas.config") instanceof String text) {
            client.put("sasl.jaas.config", new Password(text));
        }
        try {
            for (AppConfigurationEntry login :
                    JaasContext.loadClientContext(client).configurationEntries()) {
                Object user = login.getOptions().get("username");
                Object password = login.getOptions().get("password");
                if (user != null && password != null) {
                    return Credentials.basic(user.toString(), password.toString());
                }
            }
        } catch (IllegalArgumentException | KafkaException e) {
            throw new ConfigException(
                    ConverterOptions.BASIC_SOURCE, "SASL_INHERIT", "There is no sasl.jaas.config that can be read");
        }
        throw new ConfigException(
                ConverterOptions.BASIC_SOURCE, "SASL_INHERIT", "sasl.jaas.config has no name and password");
    }

    private Credentials bearer(Optional<SSLContext> tls) {
        String source = options.getString(ConverterOptions.BEARER_SOURCE);
        Credentials token = switch (source) {
            case "STATIC_TOKEN" ->
                Credentials.bearer(headerValue(
                        ConverterOptions.BEARER_TOKEN,
                        required(
                                ConverterOptions.BEARER_TOKEN,
                                options.getPassword(ConverterOptions.BEARER_TOKEN)
                                        .value())));
            case "OAUTHBEARER" -> tokens(tls);
            default ->
                throw new ConfigException(
                        ConverterOptions.BEARER_SOURCE, source, "Must be STATIC_TOKEN or OAUTHBEARER");
        };
        return token.with(
                options.getString(ConverterOptions.BEARER_CLUSTER), options.getString(ConverterOptions.BEARER_POOL));
    }

    private Credentials tokens(Optional<SSLContext> tls) {
        String issuer = required(ConverterOptions.TOKEN_URL, options.getString(ConverterOptions.TOKEN_URL));
        Password secret = options.getPassword(ConverterOptions.TOKEN_SECRET);
        return new OAuthTokens(
                url(ConverterOptions.TOKEN_URL, issuer),
                required(ConverterOptions.TOKEN_CLIENT, options.getString(ConverterOptions.TOKEN_CLIENT)),
                required(ConverterOptions.TOKEN_SECRET, secret == null ? null : secret.value()),
                Optional.ofNullable(options.getString(ConverterOptions.TOKEN_SCOPE)),
                tls,
                proxy(),
                millis(ConverterOptions.READ_TIMEOUT));
    }

    private static String required(String option, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new ConfigException(option, null, "Must be set");
        }
        return value;
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        options.originals().forEach((option, value) -> {
            if (option.startsWith(ConverterOptions.HEADER_PREFIX)) {
                String name = option.substring(ConverterOptions.HEADER_PREFIX.length());
                headers.put(name, headerValue(option, name, String.valueOf(value)));
            }
        });
        return headers;
    }

    private static String headerValue(String option, String value) {
        return headerValue(option, "Authorization", value);
    }

    /** A value from a file often ends with a line break. The client would name an invalid one in its message. */
    private static String headerValue(String option, String name, String value) {
        String trimmed = value.trim();
        try {
            HttpRequest.newBuilder().setHeader(name, trimmed);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(option, "(hidden)", "It cannot be a header of a request");
        }
        return trimmed;
    }

    private Optional<InetSocketAddress> proxy() {
        String host = options.getString(ConverterOptions.PROXY_HOST);
        if (host.isEmpty()) {
            return Optional.empty();
        }
        int port = options.getInt(ConverterOptions.PROXY_PORT);
        if (port < 1) {
            throw new ConfigException(ConverterOptions.PROXY_PORT, port, "A proxy needs a port");
        }
        return Optional.of(InetSocketAddress.createUnresolved(host, port));
    }

    /** Kafka's own class reads key stores and PEM files, so that the options mean what they mean for its clients. */
    private Optional<SSLContext> tls() {
        Map<String, Object> given = options.originalsWithPrefix(ConverterOptions.PREFIX);
        given.keySet().removeIf(name -> !name.startsWith("ssl."));
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if ("".equals(given.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG))) {
            throw new ConfigException(
                    ConverterOptions.PREFIX + SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG,
                    "",
                    "The certificate must be for the host of the URL; this cannot be switched off");
        }
        ConfigDef definition = new ConfigDef();
        SslConfigs.addClientSslSupport(definition);
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(definition.parse(given));
            return Optional.of(factory.sslContext());
        } catch (KafkaException e) {
            throw new ConfigException(
                    "The options " + ConverterOptions.PREFIX + "ssl.* cannot be used: " + e.getMessage());
        }
    }
}
