// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.List;

/** The server that is read from: {@code -Doracle.postgres}, the major version; without it the newest. */
final class ServerVersion {

    private static final int NEWEST = 18;

    static final int MAJOR = Integer.getInteger("oracle.postgres", NEWEST);

    private ServerVersion() {}

    /** What there is since a version; nothing if the server is older. */
    static <T> List<T> since(int version, List<T> features) {
        return MAJOR >= version ? features : List.of();
    }
}
