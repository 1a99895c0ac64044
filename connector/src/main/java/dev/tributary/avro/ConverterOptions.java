// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The options of {@link TributaryAvroConverter}: names, defaults and meanings are those of Confluent's converter. */
final class ConverterOptions extends AbstractConfig {

    private static final Logger LOG = LoggerFactory.getLogger(ConverterOptions.class);

    static final String URL = "schema.registry.url";
    static final String AUTO_REGISTER = "auto.register.schemas";
    static final String USE_LATEST = "use.latest.version";
    static final String LATEST_STRICT = "latest.compatibility.strict";
    static final String NORMALIZE = "normalize.schemas";
    static final String KEY_SUBJECT = "key.subject.name.strategy";
    static final String VALUE_SUBJECT = "value.subject.name.strategy";
    static final String CACHE = "schemas.cache.config";
    static final String BASIC_SOURCE = "basic.auth.credentials.source";
    static final String BASIC_USER_INFO = "basic.auth.user.info";
    static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    static final String BEARER_TOKEN = "bearer.auth.token";
    static final String BEARER_CLUSTER = "bearer.auth.logical.cluster";
    static final String BEARER_POOL = "bearer.auth.identity.pool.id";
    static final String TOKEN_URL = "bearer.auth.issuer.endpoint.url";
    static final String TOKEN_CLIENT = "bearer.auth.client.id";
    static final String TOKEN_SECRET = "bearer.auth.client.secret";
    static final String TOKEN_SCOPE = "bearer.auth.scope";
    static final String PROXY_HOST = "proxy.host";
    static final String PROXY_PORT = "proxy.port";
    static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
    static final String READ_TIMEOUT = "http.read.timeout.ms";
    static final String RETRIES = "max.retries";
    static final String WAIT = "retries.wait.ms";
    static final String LONGEST_WAIT = "retries.max.wait.ms";
    static final String ENHANCED = "enhanced.avro.schema.support";
    static final String SCRUB = "scrub.invalid.names";
    static final String METADATA = "connect.meta.data";
    static final String NULLS = "ignore.default.for.nullables";
    static final String PREFIX = "schema.registry.";
    static final String HEADER_PREFIX = "request.header.";

    /**
     * Options of Confluent's that would change what is written, and the only values that are supported; an empty value
     * stands for none.
     */
    private static final Map<String, Set<String>> FIXED = Map.ofEntries(
            Map.entry("generalized.sum.type.support", Set.of("false")),
            Map.entry("discard.type.doc.default", Set.of("false")),
            Map.entry("allow.optional.map.keys", Set.of("false")),
            Map.entry("flatten.unions", Set.of("true")),
            Map.entry("flatten.singleton.unions", Set.of("true")),
            Map.entry("propagate.schema.tags", Set.of("false")),
            Map.entry("use.schema.id", Set.of("-1")),
            Map.entry("use.schema.guid", Set.of("")),
            Map.entry("use.latest.with.metadata", Set.of("")),
            Map.entry("context.name.strategy", Set.of("", strategy("NullContextNameStrategy"))),
            Map.entry("key.schema.id.serializer", Set.of("", serializer())),
            Map.entry("value.schema.id.serializer", Set.of("", serializer())));

    private static final String SIXTY_SECONDS = "60000";

    private ConverterOptions(Map<String, ?> configs) {
        super(definition(), configs, false);
        ApicurioOptions.check(configs);
        FIXED.forEach((name, supported) -> {
            Object value = configs.get(name);
            if (value != null && supported.stream().noneMatch(value.toString().trim()::equalsIgnoreCase)) {
                throw new ConfigException(name, value, "Only the default is supported");
            }
        });
        if (getBoolean(AUTO_REGISTER) && getBoolean(USE_LATEST)) {
            LOG.warn("{}=true has no effect unless {}=false", USE_LATEST, AUTO_REGISTER);
        }
    }

    /**
     * Reads options. As in Confluent's converter, each one except the URL may have the prefix of the URL's name.
     *
     * @throws ConfigException if one is invalid
     */
    static ConverterOptions of(Map<String, ?> configs) {
        Map<String, Object> all = new HashMap<>(configs);
        configs.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !name.equals(URL) && !name.startsWith(PREFIX + "ssl.")) {
                all.put(name.substring(PREFIX.length()), value);
            }
        });
        return new ConverterOptions(all);
    }

    private static String strategy(String name) {
        return "io.confluent.kafka.serializers.context." + name;
    }

    private static String serializer() {
        return "io.confluent.kafka.serializers.schema.id.PrefixSchemaIdSerializer";
    }

    static ConfigDef definition() {
        ConfigDef options = new ConfigDef();
        options.define(
                URL,
                ConfigDef.Type.LIST,
                ConfigDef.NO_DEFAULT_VALUE,
                RegistryAccess::requireUrls,
                Importance.HIGH,
                "URLs of the schema registry, separated by commas");
        options.define(
                AUTO_REGISTER, ConfigDef.Type.BOOLEAN, true, Importance.MEDIUM, "Whether new schemas are registered");
        options.define(
                USE_LATEST,
                ConfigDef.Type.BOOLEAN,
                false,
                Importance.LOW,
                "Whether records are written in the latest version of the subject; needs " + AUTO_REGISTER + "=false");
        options.define(
                LATEST_STRICT,
                ConfigDef.Type.BOOLEAN,
                true,
                Importance.LOW,
                "Whether it is an error if the latest version cannot read records of the connector's schema");
        options.define(
                NORMALIZE,
                ConfigDef.Type.BOOLEAN,
                false,
                Importance.LOW,
                "Whether the registry compares schemas in normal form");
        subjects(options, KEY_SUBJECT, "keys");
        subjects(options, VALUE_SUBJECT, "values");
        options.define(CACHE, ConfigDef.Type.INT, 1000, Importance.LOW, "How many schemas are kept");
        defineCredentials(options);
        defineConnection(options);
        options.define(
                ENHANCED,
                ConfigDef.Type.BOOLEAN,
                false,
                Importance.MEDIUM,
                "Whether enums stay enums, and fields of unions have full names");
        options.define(
                SCRUB,
                ConfigDef.Type.BOOLEAN,
                false,
                Importance.MEDIUM,
                "Whether names that Avro forbids are changed, not refused");
        options.define(
                METADATA,
                ConfigDef.Type.BOOLEAN,
                true,
                Importance.LOW,
                "Whether schemas contain what only Connect understands");
        options.define(
                NULLS,
                ConfigDef.Type.BOOLEAN,
                false,
                Importance.LOW,
                "Whether null stays null in a field with a default, instead of becoming the default");
        return options;
    }

    private static void subjects(ConfigDef options, String name, String what) {
        options.define(
                name,
                ConfigDef.Type.STRING,
                SubjectNames.TOPIC.className(),
                ConverterOptions::subject,
                Importance.MEDIUM,
                "How the subjects of " + what + " are named: "
                        + Arrays.stream(SubjectNames.values())
                                .map(SubjectNames::className)
                                .map(strategy -> strategy.substring(SubjectNames.PACKAGE.length()))
                                .collect(Collectors.joining(", ")));
    }

    private static void defineCredentials(ConfigDef options) {
        options.define(
                BASIC_SOURCE,
                ConfigDef.Type.STRING,
                "URL",
                ConfigDef.ValidString.in("URL", "USER_INFO", "SASL_INHERIT"),
                Importance.MEDIUM,
                "Where name and password come from: " + "URL, USER_INFO or SASL_INHERIT");
        options.define(
                BASIC_USER_INFO, ConfigDef.Type.PASSWORD, "", Importance.MEDIUM, "Name and password, as name:password");
        options.define(
                BEARER_SOURCE,
                ConfigDef.Type.STRING,
                "STATIC_TOKEN",
                ConfigDef.ValidString.in("STATIC_TOKEN", "OAUTHBEARER"),
                Importance.MEDIUM,
                "Where a token comes from: " + "STATIC_TOKEN or OAUTHBEARER");
        options.define(BEARER_TOKEN, ConfigDef.Type.PASSWORD, "", Importance.MEDIUM, "The token");
        options.define(BEARER_CLUSTER, ConfigDef.Type.STRING, null, Importance.LOW, "The cluster of Confluent Cloud");
        options.define(
                BEARER_POOL, ConfigDef.Type.STRING, null, Importance.LOW, "The identity pool of Confluent Cloud");
        options.define(
                TOKEN_URL, ConfigDef.Type.STRING, null, Importance.LOW, "Where tokens are requested with OAUTHBEARER");
        options.define(TOKEN_CLIENT, ConfigDef.Type.STRING, null, Importance.LOW, "The client that requests them");
        options.define(TOKEN_SECRET, ConfigDef.Type.PASSWORD, null, Importance.LOW, "Its secret");
        options.define(TOKEN_SCOPE, ConfigDef.Type.STRING, null, Importance.LOW, "The scope of the tokens");
    }

    private static void defineConnection(ConfigDef options) {
        ConfigDef.Range positive = ConfigDef.Range.atLeast(1);
        ConfigDef.Range notNegative = ConfigDef.Range.atLeast(0);
        options.define(PROXY_HOST, ConfigDef.Type.STRING, "", Importance.LOW, "The host of a proxy");
        options.define(PROXY_PORT, ConfigDef.Type.INT, -1, Importance.LOW, "The port of the proxy");
        options.define(
                CONNECT_TIMEOUT,
                ConfigDef.Type.INT,
                SIXTY_SECONDS,
                positive,
                Importance.LOW,
                "How long a connection may take");
        options.define(
                READ_TIMEOUT,
                ConfigDef.Type.INT,
                SIXTY_SECONDS,
                positive,
                Importance.LOW,
                "How long an answer may take");
        options.define(RETRIES, ConfigDef.Type.INT, 3, notNegative, Importance.LOW, "How often a request is repeated");
        options.define(
                WAIT, ConfigDef.Type.INT, 1000, notNegative, Importance.LOW, "How long to wait before it is; doubles");
        options.define(LONGEST_WAIT, ConfigDef.Type.INT, 20_000, notNegative, Importance.LOW, "The longest wait");
    }

    private static SubjectNames subject(String option, Object value) {
        String name = String.valueOf(value);
        return Arrays.stream(SubjectNames.values())
                .filter(strategy -> strategy.isNamed(name))
                .findFirst()
                .orElseThrow(() -> new ConfigException(
                        option,
                        value,
                        "Must be one of "
                                + Arrays.stream(SubjectNames.values())
                                        .map(SubjectNames::className)
                                        .toList()));
    }

    SubjectNames subjects(boolean isKey) {
        String option = isKey ? KEY_SUBJECT : VALUE_SUBJECT;
        return subject(option, getString(option));
    }

    SchemaOptions schemas() {
        return new SchemaOptions(getBoolean(ENHANCED), getBoolean(SCRUB), getBoolean(METADATA), getBoolean(NULLS));
    }

    List<String> urls() {
        return getList(URL);
    }
}
