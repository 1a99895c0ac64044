// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The part of a configuration that may appear in a log: all names, and the values that are known to be no secrets.
 *
 * <p>A value is shown only if its option is one of the connector's or of Connect's, is not a password by type, and does
 * not look like one by name. The options of transforms, predicates, converters, Kafka clients and drivers are defined
 * elsewhere, so nobody here can tell which of them are secrets: their values are hidden, except those that an operator
 * often looks for, and empty ones.
 */
public final class LoggedOptions {

    /** Replaces a secret; Debezium's mask. */
    public static final String HIDDEN = "********";

    private static final Pattern SECRET_NAME = Pattern.compile(
            "(?i).*(passw(or)?d|passphrase|secret|token|credential|jaas|user\\.info|connection\\.?string"
                    + "|(api|access|private|hash|encrypt)[._-]?keys?).*|.*\\.keys?");

    /** In the name of an option that hashes a column. */
    private static final Pattern SALT = Pattern.compile("(\\.salt\\.).+");

    /** User and password in a URL. */
    private static final Pattern USER_INFO = Pattern.compile("(://)[^/@\\s]+@");

    /** Of producers and converters: options that are no secrets. */
    private static final Pattern OF_OTHERS =
            Pattern.compile("producer\\.override\\.(?:acks|batch\\.size|bootstrap\\.servers|buffer\\.memory|client\\.id"
                    + "|compression\\.[a-z.]+|enable\\.idempotence|max\\.[a-z.]+|partitioner\\.[a-z.]+|retries"
                    + "|security\\.protocol|sasl\\.mechanism|[a-z.]+\\.ms)"
                    + "|(?:key|value|header)\\.converter\\.(?:auto\\.register\\.schemas|connect\\.meta\\.data|decimal\\.format"
                    + "|enhanced\\.avro\\.schema\\.support|normalize\\.schemas|replace\\.null\\.with\\.default"
                    + "|schema\\.registry\\.url|schemas\\.cache\\.size|schemas\\.enable|use\\.latest\\.version"
                    + "|[a-z.]*subject\\.name\\.strategy)");

    /** Adds names; what is hidden without it stays hidden. */
    private static final String SANITIZE_PATTERN = "custom.sanitize.pattern";

    private LoggedOptions() {}

    /** A copy of a configuration that contains no secret, sorted by name. */
    public static Map<String, String> of(Map<String, String> properties) {
        ConfigDef definition = Options.definition();
        Pattern more = Pattern.compile(properties.getOrDefault(SANITIZE_PATTERN, "(?!)"));
        Map<String, String> logged = new TreeMap<>();
        properties.forEach((option, value) -> {
            String name = name(option);
            boolean shown =
                    (isOurs(option, definition) || OF_OTHERS.matcher(option).matches())
                            && (name.equals(OptionNames.DATABASE_PASSWORD_FILE)
                                    || !SECRET_NAME.matcher(name).matches())
                            && !more.matcher(name).matches();
            logged.put(
                    name, shown || value.isEmpty() ? USER_INFO.matcher(value).replaceAll("$1" + HIDDEN + "@") : HIDDEN);
        });
        return logged;
    }

    /** The name of an option without the secret that it may contain. */
    static String name(String option) {
        return SALT.matcher(option).replaceFirst("$1" + HIDDEN);
    }

    private static boolean isOurs(String name, ConfigDef definition) {
        ConfigDef.ConfigKey key = definition.configKeys().get(name);
        return key == null
                ? KnownOptions.isConnects(name) || DebeziumFields.isOfOwnFamily(name)
                : key.type != ConfigDef.Type.PASSWORD;
    }
}
