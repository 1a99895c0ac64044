// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import org.jspecify.annotations.Nullable;

/**
 * A location within a record. It becomes text only when there is a difference to report.
 *
 * @param parent the location that contains this one
 * @param part the name or index within the parent
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
