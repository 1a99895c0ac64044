// SPDX-License-Identifier: Apache-2.0
package dev.tributary.version;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.AppInfoParser;

/** The release of Kafka Connect that runs the plugin. */
public final class WorkerRelease {

    private static final int OLDEST_MAJOR = 3;
    private static final int OLDEST_MINOR = 6;
    private static final int METRICS_MAJOR = 4;
    private static final int METRICS_MINOR = 1;

    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\..*");

    /** Confluent counts its platform, whose 7.6 has Kafka 3.6. */
    private static final Pattern CONFLUENTS = Pattern.compile(".*-(?:ccs|ce)\\b.*");

    private static final int AHEAD = 4;

    private WorkerRelease() {}

    /**
     * Refuses a worker that is too old, before a call fails with a {@code NoSuchMethodError}.
     *
     * @throws ConfigException if it is
     */
    public static void require() {
        problem().ifPresent(problem -> {
            throw new ConfigException(problem);
        });
    }

    /** Says that this worker is too old; empty if it is not, or if its release is not known. */
    public static Optional<String> problem() {
        return problem(AppInfoParser.getVersion());
    }

    /** Whether the worker has the metrics of plugins (KIP-877); not if its release is not known. */
    public static boolean hasPluginMetrics() {
        return hasPluginMetrics(AppInfoParser.getVersion());
    }

    static boolean hasPluginMetrics(String version) {
        return Release.of(version)
                .filter(release -> release.isAtLeast(METRICS_MAJOR, METRICS_MINOR))
                .isPresent();
    }

    static Optional<String> problem(String version) {
        return Release.of(version)
                .filter(release -> !release.isAtLeast(OLDEST_MAJOR, OLDEST_MINOR))
                .map(tooOld -> "This worker is Kafka Connect " + version + ". Tributary " + Version.current()
                        + " needs "
                        + OLDEST_MAJOR + "." + OLDEST_MINOR + " or later: classes that it calls do not exist before."
                        + " Fix: run the connector on a newer worker; it can be newer or older than the brokers");
    }

    /** The numbers of a release of Apache Kafka. */
    private record Release(int major, int minor) {

        static Optional<Release> of(String version) {
            Matcher numbers = NUMBERS.matcher(version);
            if (!numbers.matches()) {
                return Optional.empty();
            }
            int major = Integer.parseInt(numbers.group(1))
                    - (CONFLUENTS.matcher(version).matches() ? AHEAD : 0);
            return Optional.of(new Release(major, Integer.parseInt(numbers.group(2))));
        }

        boolean isAtLeast(int leastMajor, int leastMinor) {
            return major > leastMajor || (major == leastMajor && minor >= leastMinor);
        }
    }
}
