// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import dev.tributary.transforms.event.TableName;
import org.apache.kafka.connect.errors.DataException;

/**
 * The location of a value, for messages.
 *
 * @param path the names of the column and of the fields inside it
 * @param inKey whether it is in a record's key
 */
record ValueLocation(TableName table, String path, boolean inKey) {

    ValueLocation below(String name) {
        return new ValueLocation(table, path.isEmpty() ? name : path + "." + name, inKey);
    }

    /**
     * @param intoDocument whether the value is a text that rules look into
     * @throws DataException if the location is in a key and its rule would make different keys equal or equal keys
     *     different
     */
    void check(Place place, boolean intoDocument) {
        Action action = place.action();
        if (inKey && (intoDocument || (action != null && !action.preservesEquality()))) {
            throw new DataException(
                    "Column " + path + " of table " + table + " is part of the record's key, and the rule "
                            + place.ruleText(intoDocument)
                            + " would make different keys equal or equal keys different. Fix: put a rule with hash,"
                            + " encrypt:deterministic or keep for the column before that rule, or set keys=keep to"
                            + " leave keys as they are");
        }
    }

    /** The values of a map have one schema, but rules for some of its keys would change theirs. */
    DataException valuesDiffer() {
        return new DataException("In the map " + path + " of table " + table
                + ", the rules for some keys would change the type of their values, but all values of a map have one"
                + " type. Fix: use the same rule for all keys, or redact");
    }
}
