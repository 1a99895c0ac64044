// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

/** Bytes that should be a row are none; the message says what is wrong with them and shows no content. */
public final class MalformedRowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedRowException(String message) {
        super(message);
    }
}
