// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import java.util.Locale;

/**
 * How much was checked for whole transactions.
 *
 * @param sources the transactions of the database that have records of the stream
 * @param kafka the transactions of Kafka that have records
 * @param parts those of {@code sources} that are marked as committed in parts
 * @param unsure the records that could be of two transactions, on two timelines
 * @param balanced the transactions of Kafka after which the sum of the bank was compared
 */
public record Wholeness(long sources, long kafka, long parts, long unsure, long balanced) {

    static final Wholeness NOT_CHECKED = new Wholeness(0, 0, 0, 0, 0);

    /** The figures in one line. */
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%,d transactions of the database in %,d of Kafka (%,d in parts, %,d records unsure);"
                        + " the sum of the bank was compared after %,d",
                sources,
                kafka,
                parts,
                unsure,
                balanced);
    }
}
