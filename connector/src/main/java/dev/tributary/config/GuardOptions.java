// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.jspecify.annotations.Nullable;

/**
 * The options about watching the slot and the WAL that it retains.
 *
 * @param watches whether they are watched
 * @param interval the time between two looks
 * @param warn how long before the slot is lost there is a warning
 * @param critical how long before there is another one
 * @param unlimitedBytes how much WAL may be retained if the server has no limit
 * @param webhook where warnings are sent; null if nowhere
 * @param secret the key that signs them; null if they are not signed
 */
public record GuardOptions(
        boolean watches,
        Duration interval,
        Duration warn,
        Duration critical,
        long unlimitedBytes,
        @Nullable URI webhook,
        @Nullable String secret) {

    static final EnumOption<Watch> WATCH =
            new EnumOption<>(OptionNames.WAL_GUARD, "WAL guard", OptionGroup.GUARD, Importance.MEDIUM, Watch.ON);

    static final NumberOption INTERVAL =
            new NumberOption(OptionNames.WAL_GUARD_INTERVAL_MS, "Interval", OptionGroup.GUARD, Importance.LOW, 10_000L);

    static final NumberOption WARN =
            new NumberOption(OptionNames.WAL_GUARD_WARN_MINUTES, "Warning", OptionGroup.GUARD, Importance.MEDIUM, 240L);

    static final NumberOption CRITICAL = new NumberOption(
            OptionNames.WAL_GUARD_CRITICAL_MINUTES, "Critical", OptionGroup.GUARD, Importance.MEDIUM, 30L);

    static final NumberOption UNLIMITED = new NumberOption(
            OptionNames.WAL_GUARD_UNLIMITED_MAX_BYTES,
            "Most WAL without a limit",
            OptionGroup.GUARD,
            Importance.MEDIUM,
            50L << 30);

    static final TextOption WEBHOOK = new TextOption(
            OptionNames.WAL_GUARD_WEBHOOK_URL,
            "Webhook",
            OptionGroup.GUARD,
            Importance.MEDIUM,
            ConfigDef.Type.PASSWORD);

    static final TextOption SECRET = new TextOption(
            OptionNames.WAL_GUARD_WEBHOOK_SECRET,
            "Webhook's secret",
            OptionGroup.GUARD,
            Importance.LOW,
            ConfigDef.Type.PASSWORD);

    private static final long LONGEST_MINUTES = 366L * 24 * 60;

    private static final int LARGEST_PORT = 65_535;

    /** Whether slot and WAL are watched. */
    enum Watch {
        ON,
        OFF
    }

    /** The options in a configuration that was validated. */
    public static GuardOptions of(ConnectorConfig config) {
        Map<String, String> properties = config.properties();
        String url = text(properties, WEBHOOK);
        return new GuardOptions(
                WATCH.valueIn(properties) == Watch.ON,
                Duration.ofMillis(Math.min(INTERVAL.valueIn(properties, 0), Integer.MAX_VALUE)),
                minutes(WARN, properties),
                minutes(CRITICAL, properties),
                UNLIMITED.valueIn(properties, 0),
                url == null ? null : URI.create(url),
                text(properties, SECRET));
    }

    /** More than a year is no forecast. */
    private static Duration minutes(NumberOption option, Map<String, String> properties) {
        return Duration.ofMinutes(Math.min(option.valueIn(properties, 0), LONGEST_MINUTES));
    }

    /** What is wrong, by option. */
    static Map<String, String> problems(Map<String, String> written) {
        Map<String, String> problems = new LinkedHashMap<>();
        if (isCriticalFirst(written)) {
            problems.put(
                    CRITICAL.name(),
                    "is more than " + WARN.name() + ". The warning comes first: set it to fewer minutes.");
        }
        String url = text(written, WEBHOOK);
        if (url != null && !isHttp(url)) {
            problems.put(WEBHOOK.name(), "is no URL that begins with http:// or https:// and has a host.");
        }
        if (url == null && text(written, SECRET) != null) {
            problems.put(SECRET.name(), "is set, but " + WEBHOOK.name() + " is not.");
        }
        return problems;
    }

    private static boolean isCriticalFirst(Map<String, String> written) {
        try {
            return CRITICAL.valueIn(written, 0) > WARN.valueIn(written, 0);
        } catch (NumberFormatException e) {
            // Reported as a wrong type.
            return false;
        }
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = URI.create(url);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https"))
                    && uri.getHost() != null
                    && uri.getPort() != 0
                    && uri.getPort() <= LARGEST_PORT;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static @Nullable String text(Map<String, String> properties, TextOption option) {
        String value = properties.get(option.name());
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Without the URL, which can contain a token, and without the secret. */
    @Override
    public String toString() {
        return "GuardOptions[" + watches + ", " + interval + ", " + warn + ", " + critical + ", " + unlimitedBytes
                + "]";
    }
}
