// SPDX-License-Identifier: Apache-2.0
package dev.tributary.failure;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps row content out of stack traces, which Connect logs and shows in the status of a task. */
public final class Traces {

    /**
     * Messages in which Debezium and the driver may quote a value that they could not convert, or a key. What the
     * server says is judged by its SQL state.
     */
    private static final Pattern MAY_QUOTE_A_VALUE =
            Pattern.compile("convert|parse|value|input syntax|data:|(?:with|and) key ");

    private Traces() {}

    /**
     * Returns the same chain of causes, with types and stack frames, but without messages if one of them may quote a
     * value.
     */
    public static Throwable withoutContent(Throwable thrown) {
        boolean quotes = ShownText.mayQuote(thrown);
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            quotes |= message != null && MAY_QUOTE_A_VALUE.matcher(message).find();
        }
        return quotes ? new Silent(thrown) : thrown;
    }

    /** Stands for a throwable whose message must not be shown. */
    private static final class Silent extends Exception {
        private static final long serialVersionUID = 1L;

        Silent(Throwable original) {
            super(original.getClass().getName(), silence(original.getCause()));
            setStackTrace(original.getStackTrace());
        }

        private static @Nullable Throwable silence(@Nullable Throwable cause) {
            return cause == null ? null : new Silent(cause);
        }
    }
}
