// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import java.io.PrintStream;
import java.util.Locale;

/** Where the demo writes: colour on a terminal, unless NO_COLOR is set (no-color.org), and plain text elsewhere. */
final class Screen {

    /** The system property with which the script says that standard output is a terminal. */
    static final String TERMINAL_PROPERTY = "tributary.terminal";

    private final PrintStream out;
    private final boolean colour;

    Screen(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    static Screen on(PrintStream out) {
        String noColour = System.getenv("NO_COLOR");
        boolean wanted = noColour == null || noColour.isEmpty();
        return new Screen(out, wanted && Boolean.getBoolean(TERMINAL_PROPERTY));
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
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
