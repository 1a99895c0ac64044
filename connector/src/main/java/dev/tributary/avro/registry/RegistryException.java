// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro.registry;

import org.jspecify.annotations.Nullable;

/** A registry that cannot be reached, or that refuses a request. */
public final class RegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The status for a registry that could not be reached. */
    private static final int UNREACHABLE = 0;

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int INVALID = 422;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int TIMED_OUT = 408;
    private static final int SERVER = 500;

    /** Codes of the API for what is missing: a subject, a version, a schema, a setting; all begin with 404. */
    private static final int MISSING = 404;

    private static final int PER_STATUS = 100;

    private final int status;
    private final int code;
    private final String answer;

    private RegistryException(int status, int code, String message, String answer, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
        this.answer = answer;
    }

    static RegistryException unreachable(String message, Throwable cause) {
        return new RegistryException(UNREACHABLE, 0, message, message, cause);
    }

    static RegistryException refused(int status, String message) {
        return new RegistryException(status, 0, message, message, null);
    }

    /**
     * @param code the {@code error_code}; 0 if there is none
     * @param answer what the registry said
     */
    static RegistryException refused(int status, int code, String message, String answer) {
        return new RegistryException(status, code, message + ": " + answer, answer, null);
    }

    /** What the registry said, in its own words. */
    public String answer() {
        return answer;
    }

    /** Whether the same request can succeed later. */
    public boolean isTransient() {
        return status == UNREACHABLE || status == TOO_MANY || status == TIMED_OUT || status >= SERVER;
    }

    /** Whether a schema was refused because it is incompatible with another version. */
    public boolean isIncompatible() {
        return status == CONFLICT;
    }

    /** Whether a schema was refused because it is invalid. */
    public boolean isInvalid() {
        return status == INVALID;
    }

    /** Whether there is no such subject, version or schema. */
    public boolean isMissing() {
        return status == NOT_FOUND && code / PER_STATUS == MISSING;
    }

    /** Whether there is no registry with this API at the URL. */
    public boolean isElsewhere() {
        return status == NOT_FOUND && !isMissing();
    }

    /** Whether the credentials are wrong, or do not suffice. */
    public boolean isDenied() {
        return status == UNAUTHORIZED || status == FORBIDDEN;
    }
}
