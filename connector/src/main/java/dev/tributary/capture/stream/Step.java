// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

/** What to do with a change of the stream; see {@link StreamProgress#change}. */
sealed interface Step {

    /** It was sent before the restart: nothing is sent. */
    enum Skip implements Step {
        SENT_BEFORE
    }

    /**
     * Its records are sent.
     *
     * @param commitLsn the LSN of its transaction's commit record
     * @param ordinal its place among the changes of the transaction, counted from 1
     * @param lsn its LSN
     * @param previousLsn the LSN of the change before it in the transaction; 0 if there is none
     */
    record Send(long commitLsn, long ordinal, long lsn, long previousLsn) implements Step {

        /**
         * How many changes of the transaction are sent once one of its records is. A change counts as sent with its
         * last record, so a crash between its records brings all of them again.
         */
        long sentWith(boolean lastRecord) {
            return lastRecord ? ordinal : ordinal - 1;
        }

        /** The LSN of the last of these changes. */
        long lastSentWith(boolean lastRecord) {
            return lastRecord ? lsn : previousLsn;
        }
    }
}
