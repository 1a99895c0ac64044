// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import dev.tributary.transforms.event.TableName;
import org.apache.kafka.connect.errors.DataException;

/**
 * Where a value lies, for messages.
 *
 * @param path the names of the column and of the fields inside it
 * @param inKey whether it is in the key of a record
 */
record ValueLocation(TableName table, String path, boolean inKey) {

    ValueLocation below(String name) {
        return new ValueLocation(table, path.isEmpty() ? name : path + "." + name, inKey);
    }

    /**
     * @param intoDocument whether the value is a text that rules look into
     * @throws DataException if the place is in a key and its rule would make keys equal that are not, or the other way round
     */
    void check(Place place, boolean intoDocument) {
        Action action = place.action();
        if (inKey && (intoDocument || (action != null && !action.preservesEquality()))) {
            throw new DataException(
                    "Column " + path + " of table " + table + " is in the record's key, and the rule "
                            + place.ruleText(intoDocument)
                            + " would not keep keys apart. Let the column be treated by hash,"
                            + " encrypt:deterministic or keep, with a rule before that one, or leave keys as they are: keys=keep");
        }
    }

    /** The values of a map have one schema; rules for some of its keys would give those another. */
    DataException valuesDiffer() {
        return new DataException(
                "In the map " + path + " of table " + table + ", rules for some of the keys would give their"
                        + " values another type than those of the others have, and a map has one for all. Let the same rule be for all"
                        + " keys, or use redact");
    }
}
