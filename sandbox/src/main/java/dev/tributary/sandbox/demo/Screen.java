// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import dev.tributary.sandbox.ProgressBar;
import java.io.PrintStream;
import java.util.Locale;

/** The demo's output: in colour on a terminal unless NO_COLOR is set (no-color.org), else plain text. */
final class Screen {

    private final ProgressBar bar;
    private final boolean colour;

    Screen(PrintStream out, boolean colour, boolean terminal) {
        this.bar = new ProgressBar(out, terminal);
        this.colour = colour;
    }

    static Screen on(PrintStream out) {
        String noColour = System.getenv("NO_COLOR");
        boolean allowed = noColour == null || noColour.isEmpty();
        boolean terminal = ProgressBar.isTerminal();
        return new Screen(out, allowed && terminal, terminal);
    }

    /** The meanings that have a colour or weight. */
    enum Tone {
        READ("36"),
        INSERT("32"),
        UPDATE("33"),
        DELETE("31"),
        FAINT("2"),
        STRONG("1");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    String paint(Tone tone, String text) {
        return colour ? "\u001b[" + tone.code + "m" + text + "\u001b[0m" : text;
    }

    void line(String format, Object... values) {
        bar.above(String.format(Locale.ROOT, format, values));
    }

    /** Shows the progress of a step, until {@link #endProgress}. */
    void progress(long done, long total, String what) {
        bar.show(100.0 * done / Math.max(1, total), String.format(Locale.ROOT, "%,d of %,d %s", done, total, what));
    }

    void endProgress() {
        bar.end();
    }
}
