// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a schema are masked.
 *
 * @param schema of the results
 * @param mask null if the values stay as they are and need not be read
 */
public record Plan(Schema schema, @Nullable Mask mask) {

    static Plan untouched(Schema schema) {
        return new Plan(schema, null);
    }

    /** Whether values are masked. */
    public boolean touches() {
        return mask != null;
    }

    /** The masked value; a null stays a null. */
    public @Nullable Object of(@Nullable Object value) {
        return value == null || mask == null ? value : mask.of(value);
    }
}
