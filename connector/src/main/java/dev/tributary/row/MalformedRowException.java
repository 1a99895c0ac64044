// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

/** Bytes that should be a row are malformed. The message describes the error without showing content. */
public final class MalformedRowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedRowException(String message) {
        super(message);
    }
}
