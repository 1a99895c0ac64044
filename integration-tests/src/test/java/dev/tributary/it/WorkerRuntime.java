// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.Distribution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * A release of Connect on a version of Java.
 *
 * @param release the release, such as {@code 4.0}
 * @param feature the version of Java, such as 21
 * @param java its home
 */
record WorkerRuntime(String release, int feature, Path java) {

    /** That of this JVM, which runs the tests of everything else. */
    private static final int HERE = Runtime.version().feature();

    /** Java versions besides 17 with long-term support. */
    private static final List<Integer> FEATURES = List.of(21, 25);

    /** Java 24 took away what releases before call to log in. */
    private static final int WITHOUT_SECURITY_MANAGER = 24;

    /**
     * With the system property {@code workers}, each release on this Java, and each newer Java that is installed, with
     * the oldest release that it can run and with the newest. Otherwise the oldest release on this Java.
     */
    static List<WorkerRuntime> chosen() {
        Path home = Path.of(System.getProperty("java.home"));
        List<String> older = Distribution.OLDER_CONNECT;
        if (!Boolean.getBoolean("workers")) {
            return List.of(new WorkerRuntime(older.get(0), HERE, home));
        }
        List<WorkerRuntime> all = new ArrayList<>();
        older.forEach(release -> all.add(new WorkerRuntime(release, HERE, home)));
        for (int feature : FEATURES) {
            Optional<Path> found = installed(feature);
            if (found.isEmpty()) {
                System.out.println("Java " + feature + " is not here: set JAVA_HOME_" + feature);
            }
            found.ifPresent(java -> {
                String oldest = feature < WITHOUT_SECURITY_MANAGER ? older.get(0) : "4.0";
                all.add(new WorkerRuntime(oldest, feature, java));
                all.add(new WorkerRuntime(newest(), feature, java));
            });
        }
        return all;
    }

    private static String newest() {
        String version = AppInfoParser.getVersion();
        return version.substring(0, version.lastIndexOf('.'));
    }

    private static Optional<Path> installed(int feature) {
        String home = System.getenv("JAVA_HOME_" + feature);
        Stream<Path> candidates = home == null ? underJvm(feature) : Stream.of(Path.of(home));
        return candidates
                .filter(java -> Files.isExecutable(java.resolve("bin/java")))
                .sorted()
                .findFirst();
    }

    private static Stream<Path> underJvm(int feature) {
        return Stream.of("temurin-%d-jdk-amd64", "java-%d-openjdk-amd64", "temurin-%d-jdk", "jdk-%d")
                .map(name -> Path.of("/usr/lib/jvm", String.format(name, feature)));
    }

    /** A name without dots and blanks. */
    String id() {
        return release.replace('.', '-') + "-on-" + feature;
    }

    /** Makes a worker one of this release on this Java. */
    ConnectWorker.Builder configure(ConnectWorker.Builder worker) {
        ConnectWorker.Builder onJava = worker.java(java);
        return release.equals(newest()) ? onJava : onJava.release(release);
    }

    @Override
    public String toString() {
        return "Connect " + release + " on Java " + feature;
    }
}
