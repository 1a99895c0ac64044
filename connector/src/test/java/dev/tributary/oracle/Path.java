// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import org.jspecify.annotations.Nullable;

/**
 * Where in a record something stands; made into text only if there is something to tell.
 *
 * @param parent the whole that this is a part of
 * @param part which part it is
 */
record Path(@Nullable Path parent, Object part) {

    static Path of(Object whole) {
        return new Path(null, whole);
    }

    Path then(Object next) {
        return new Path(this, next);
    }

    @Override
    public String toString() {
        return (parent == null ? "" : parent + " ") + part;
    }
}
