// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.filter;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition cannot be evaluated for an event. The message contains no value of the row; the library's message might.
 */
public final class EvaluationException extends RuntimeException {

    private static final Pattern PLACE = Pattern.compile("condition:(\\d+)");

    EvaluationException(String message) {
        super(message, null, false, false);
    }

    static EvaluationException of(CelEvaluationException cause) {
        Matcher place = PLACE.matcher(String.valueOf(cause.getMessage()));
        String at = place.find() ? " (at column " + (Integer.parseInt(place.group(1)) + 1) + " of the condition)" : "";
        String why = UnavailableValueException.caused(cause)
                ? "it reads a column that Postgres did not send, because it is large and did not change; it is always"
                        + " there with REPLICA IDENTITY FULL"
                : explained(cause.getErrorCode());
        return new EvaluationException(why + at);
    }

    private static String explained(CelErrorCode code) {
        return switch (code) {
            case ATTRIBUTE_NOT_FOUND ->
                "it names a column that the event does not have, or a column of a row that is null; test with"
                        + " has(after.name) or after != null";
            case OVERLOAD_NOT_FOUND ->
                "it combines values whose types do not match, such as text and a number, or a null";
            case DIVIDE_BY_ZERO -> "it divides by zero";
            case NUMERIC_OVERFLOW -> "a number is too large";
            case BAD_FORMAT -> "a text cannot be converted to the requested type";
            case ITERATION_BUDGET_EXCEEDED -> "it iterates over too many elements";
            default -> "it fails with " + code;
        };
    }
}
