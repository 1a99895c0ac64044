// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.PrintStream;
import java.util.Locale;

/**
 * A progress bar in the last line of a terminal. Other output is printed above it. Draws nothing if the output is not a
 * terminal. Safe for use by several threads.
 */
public final class ProgressBar {

    /** The system property that the script sets if standard output is a terminal. */
    private static final String TERMINAL_PROPERTY = "tributary.terminal";

    private static final int WIDTH = 30;
    private static final double ALL = 100.0;
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private String drawn = "";

    /** @param terminal whether the output is a terminal, where lines can be erased */
    public ProgressBar(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Whether standard output is a terminal. */
    public static boolean isTerminal() {
        return Boolean.getBoolean(TERMINAL_PROPERTY);
    }

    /**
     * Draws the bar.
     *
     * @param percent from 0 to 100; other values count as the nearer of the two
     * @param detail text after the bar
     */
    public synchronized void show(double percent, String detail) {
        if (!terminal) {
            return;
        }
        drawn = text(percent, detail);
        out.print(ERASE + drawn);
        out.flush();
    }

    /** Prints a line above the bar. */
    public synchronized void above(String line) {
        out.println(drawn.isEmpty() ? line : ERASE + line);
        out.print(drawn);
        out.flush();
    }

    /** Erases the bar. */
    public synchronized void end() {
        if (!drawn.isEmpty()) {
            out.print(ERASE);
            out.flush();
            drawn = "";
        }
    }

    static String text(double percent, String detail) {
        double shown = Math.max(0, Math.min(ALL, percent));
        int done = (int) (shown / ALL * WIDTH);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3.0f%%  %s",
                "#".repeat(done),
                "-".repeat(WIDTH - done),
                Math.floor(shown),
                detail);
    }
}
