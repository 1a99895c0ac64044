// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a run prints. */
final class Screen {

    private final PrintStream out;

    Screen(PrintStream out) {
        this.out = out;
    }

    synchronized void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    /** What only helps to find out where a run is. */
    void debug(String format, Object... values) {
        line("        " + format, values);
    }

    void incident(Incident incident) {
        line(
                "%s  %-46s %-44s %6.1f s   %s",
                Round.time(incident.at()),
                incident.kind(),
                shortened(incident.target()),
                seconds(incident.lasted()),
                incident.flows()
                        .map(after -> String.format(
                                Locale.ROOT,
                                "no events for %.1f s, until %.1f s after its end%s",
                                seconds(incident.silence()),
                                seconds(after),
                                incident.tookEffect() ? "" : "; without effect"))
                        .orElse("NO EVENTS"));
    }

    /**
     * A table of kinds: how often, how many were seen to take effect, after how many events flowed again; median and
     * worst of the longest time without events, and of the time from the end of the fault until events flowed.
     */
    void summary(List<Incident> incidents) {
        Map<String, List<Incident>> kinds = new TreeMap<>();
        incidents.forEach(incident -> kinds.computeIfAbsent(incident.kind(), kind -> new ArrayList<>())
                .add(incident));
        line("%-46s %8s %6s %8s %21s   %21s", "", "", "", "", "longest silence", "after its end");
        line(
                "%-46s %8s %6s %8s %10s %10s   %10s %10s",
                "kind", "injected", "effect", "survived", "median", "worst", "median", "worst");
        kinds.forEach((kind, all) -> line("%s", row(kind, all)));
        line("%s", row("all", incidents));
    }

    private static String row(String kind, List<Incident> incidents) {
        List<Duration> after = incidents.stream()
                .flatMap(incident -> incident.flows().stream())
                .toList();
        List<Duration> silence = incidents.stream().map(Incident::silence).toList();
        return String.format(
                Locale.ROOT,
                "%-46s %8d %6d %8d %9.1fs %9.1fs   %9.1fs %9.1fs",
                kind,
                incidents.size(),
                incidents.stream().filter(Incident::tookEffect).count(),
                after.size(),
                share(silence, 0.5),
                share(silence, 1),
                share(after, 0.5),
                share(after, 1));
    }

    private static double share(List<Duration> durations, double share) {
        List<Duration> sorted = durations.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : seconds(sorted.get((int) (share * (sorted.size() - 1))));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String shortened(String text) {
        return text.length() <= 44 ? text : text.substring(0, 43) + "…";
    }
}
