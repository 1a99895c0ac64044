// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.PrintStream;
import java.util.Locale;

/**
 * The last line of a terminal, drawn anew with each step; what is printed meanwhile goes above it. Where there is no terminal,
 * nothing is drawn. For use by several threads.
 */
public final class ProgressBar {

    /** The system property with which the script says that standard output is a terminal. */
    private static final String TERMINAL_PROPERTY = "tributary.terminal";

    private static final int WIDTH = 30;
    private static final double ALL = 100.0;
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private String drawn = "";

    /** @param terminal whether lines can be erased there */
    public ProgressBar(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Whether standard output is a terminal. */
    public static boolean isTerminal() {
        return Boolean.getBoolean(TERMINAL_PROPERTY);
    }

    /**
     * Draws it.
     *
     * @param percent from 0 to 100; what lies outside is taken for the nearer of them
     * @param detail what else there is to say
     */
    public synchronized void show(double percent, String detail) {
        if (!terminal) {
            return;
        }
        drawn = text(percent, detail);
        out.print(ERASE + drawn);
        out.flush();
    }

    /** Prints a line above it. */
    public synchronized void above(String line) {
        out.println(drawn.isEmpty() ? line : ERASE + line);
        out.print(drawn);
        out.flush();
    }

    /** Takes it away. */
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
