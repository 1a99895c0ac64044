// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps row content out of stack traces, which Connect logs and shows in the status of a task. */
final class Traces {

    /** Messages under which Debezium and the driver quote the value that they could not convert. */
    private static final Pattern MAY_QUOTE_A_VALUE = Pattern.compile("convert|parse|value|input syntax|data:");

    private Traces() {}

    /** The same chain of causes: same types and stack frames; a message that may quote a value is dropped. */
    static Throwable withoutContent(Throwable thrown) {
        boolean quotes = false;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            quotes |= message != null && MAY_QUOTE_A_VALUE.matcher(message).find();
        }
        return quotes ? new Silent(thrown) : thrown;
    }

    /** Stands for a throwable whose message is not to be shown. */
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
