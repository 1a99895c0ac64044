// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import org.apache.kafka.connect.data.Schema;

/**
 * The schema that structs are expected to have. Comparing two schemas takes longer than writing a row, and a source can
 * make an equal schema again, so each one is compared once.
 */
public final class ExpectedSchema {

    private final Schema schema;

    /** The last schema that was found to be equal. */
    private Schema equal;

    public ExpectedSchema(Schema schema) {
        this.schema = schema;
        this.equal = schema;
    }

    /** Whether a schema is the expected one, or equal to it. */
    public boolean is(Schema other) {
        if (other == schema || other == equal) {
            return true;
        }
        boolean same = other.equals(schema);
        if (same) {
            equal = other;
        }
        return same;
    }
}
