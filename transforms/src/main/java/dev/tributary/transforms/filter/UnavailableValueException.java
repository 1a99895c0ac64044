// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.filter;

import dev.cel.common.CelErrorCode;
import dev.cel.common.exceptions.CelRuntimeException;

/** A condition reads a column whose value was not sent, so it is neither true nor false. */
final class UnavailableValueException extends CelRuntimeException {

    private static final long serialVersionUID = 1;

    UnavailableValueException() {
        super(new IllegalStateException("not sent"), CelErrorCode.INVALID_ARGUMENT);
    }

    /** Whether it has caused a failure. */
    static boolean caused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnavailableValueException) {
                return true;
            }
        }
        return false;
    }
}
