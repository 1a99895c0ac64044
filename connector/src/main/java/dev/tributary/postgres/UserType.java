// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.util.List;

/**
 * A type that a user or an extension created.
 *
 * @param oid its OID; a large one is negative here, as in the driver
 * @param schema its schema
 * @param name its name, which only its schema makes unique
 * @param kind what it is
 * @param element the OID of the elements; 0 if the type is not an array
 * @param base the OID of the type that a domain restricts; 0 if the type is not a domain
 * @param modifier the type modifier that a domain adds to its base; -1 if it adds none
 * @param delimiter what is between two elements of an array of the type
 * @param labels the labels of an enum in their order
 */
public record UserType(
        int oid,
        String schema,
        String name,
        Kind kind,
        int element,
        int base,
        int modifier,
        char delimiter,
        List<String> labels) {

    /** {@code pg_type.typtype}, with arrays apart from other base types. */
    public enum Kind {
        ARRAY,
        BASE,
        COMPOSITE,
        DOMAIN,
        ENUM,
        RANGE;

        static Kind of(String typtype, boolean array) {
            return switch (typtype) {
                case "b" -> array ? ARRAY : BASE;
                case "c" -> COMPOSITE;
                case "d" -> DOMAIN;
                case "e" -> ENUM;
                default -> RANGE;
            };
        }
    }
}
