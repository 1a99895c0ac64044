// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import dev.tributary.sandbox.ProgressBar;
import java.io.PrintStream;
import java.util.Locale;

/** Where the demo writes: colour on a terminal, unless NO_COLOR is set (no-color.org), and plain text elsewhere. */
final class Screen {

    private final ProgressBar bar;
    private final boolean colour;

    Screen(PrintStream out, boolean colour, boolean terminal) {
        this.bar = new ProgressBar(out, terminal);
        this.colour = colour;
    }

    static Screen on(PrintStream out) {
        String noColour = System.getenv("NO_COLOR");
        boolean wanted = noColour == null || noColour.isEmpty();
        boolean terminal = ProgressBar.isTerminal();
        return new Screen(out, wanted && terminal, terminal);
    }

    /** What a piece of text is about. */
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

    /** Shows how far a step has come, until {@link #endProgress}. */
    void progress(long done, long wanted, String what) {
        bar.show(100.0 * done / Math.max(1, wanted), String.format(Locale.ROOT, "%,d of %,d %s", done, wanted, what));
    }

    void endProgress() {
        bar.end();
    }
}
