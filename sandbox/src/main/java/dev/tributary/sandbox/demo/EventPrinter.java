// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Prints a line for each event, in columns. If a second has more events than a reader can follow, prints how many were
 * left out.
 */
final class EventPrinter {

    private static final int LINES_PER_SECOND = 25;
    private static final String COLUMNS = "%-26s %9s  %-28s %s  %12s %8s";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final Screen screen;
    private final boolean all;
    private boolean titled;
    private long second;
    private int shown;
    private long leftOut;

    EventPrinter(Screen screen, boolean all) {
        this.screen = screen;
        this.all = all;
    }

    synchronized void print(ChangeEvent event) {
        turnTo(event.arrived());
        if (all || shown < LINES_PER_SECOND) {
            shown++;
            screen.line("%s", row(event));
        } else {
            leftOut++;
        }
    }

    /** Prints how many events were left out since the last call. */
    synchronized void flush() {
        if (leftOut > 0) {
            screen.line("%s", screen.paint(Screen.Tone.FAINT, "  and " + leftOut + " more"));
            leftOut = 0;
        }
    }

    private void turnTo(Instant now) {
        if (!titled) {
            titled = true;
            String title =
                    String.format(Locale.ROOT, COLUMNS, "topic", "partition", "key", "op    ", "committed", "ms");
            screen.line("%s", screen.paint(Screen.Tone.STRONG, title));
        }
        if (now.getEpochSecond() != second) {
            flush();
            second = now.getEpochSecond();
            shown = 0;
        }
    }

    private String row(ChangeEvent event) {
        String operation = event.operation().name();
        boolean snapshot = event.operation() == ChangeEvent.Operation.READ;
        return String.format(
                Locale.ROOT,
                COLUMNS,
                event.topic(),
                event.partition(),
                shortened(event.key()),
                screen.paint(
                        Screen.Tone.valueOf(operation),
                        String.format(Locale.ROOT, "%-6s", operation.toLowerCase(Locale.ROOT))),
                // The rows of a snapshot were committed some time before.
                snapshot ? "-" : TIME.format(event.committed()),
                snapshot ? "-" : event.latencyMillis());
    }

    private static String shortened(String key) {
        return key.length() <= 28 ? key : key.substring(0, 27) + "…";
    }
}
