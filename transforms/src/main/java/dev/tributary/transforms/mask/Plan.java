// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the values of a schema.
 *
 * @param schema of the results
 * @param mask null if values are not touched, and need not be read
 */
public record Plan(Schema schema, @Nullable Mask mask) {

    static Plan untouched(Schema schema) {
        return new Plan(schema, null);
    }

    /** Whether values are touched. */
    public boolean touches() {
        return mask != null;
    }

    /** The masked value; a null stays a null. */
    public @Nullable Object of(@Nullable Object value) {
        return value == null || mask == null ? value : mask.of(value);
    }
}
