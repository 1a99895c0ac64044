// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.List;

/** The major version of the server: {@code -Doracle.postgres}, by default the newest. */
final class ServerVersion {

    private static final int NEWEST = 18;

    static final int MAJOR = Integer.getInteger("oracle.postgres", NEWEST);

    private ServerVersion() {}

    /** The features that a version introduced; none if the server is older. */
    static <T> List<T> since(int version, List<T> features) {
        return MAJOR >= version ? features : List.of();
    }
}
