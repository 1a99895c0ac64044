// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.check.SimulatedTransactions.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Mistakes of a connector that promises whole transactions. */
enum TransactionMutation {
    /** The last record of a transaction is committed after the others. */
    COMMITS_TOO_EARLY {
        @Override
        boolean make(SimulatedTransactions story) {
            Optional<Integer> number = story.divisible();
            number.ifPresent(place -> {
                List<Sent> records = story.kafka.get(place);
                story.kafka.add(place + 1, new ArrayList<>(List.of(records.remove(records.size() - 1))));
            });
            return number.isPresent();
        }
    },
    /** The same, and the record joins the transactions that follow. */
    COMMITS_A_RECORD_WITH_THE_NEXT {
        @Override
        boolean make(SimulatedTransactions story) {
            Optional<Integer> number = story.divisible().filter(place -> place + 1 < story.kafka.size());
            number.ifPresent(place -> {
                List<Sent> records = story.kafka.get(place);
                story.kafka.get(place + 1).add(0, records.remove(records.size() - 1));
            });
            return number.isPresent();
        }
    },
    /** A transaction is committed in parts that have no mark. */
    MARKS_NO_PARTS {
        @Override
        boolean make(SimulatedTransactions story) {
            boolean any = story.kafka.stream().flatMap(List::stream).anyMatch(record -> record.part() > 1);
            story.kafka.forEach(records -> records.replaceAll(record -> record.in(1)));
            return any;
        }
    },
    /** A delete and its tombstone are not committed together. */
    LEAVES_A_TOMBSTONE_FOR_LATER {
        @Override
        boolean make(SimulatedTransactions story) {
            for (int number = 0; number + 1 < story.kafka.size(); number++) {
                List<Sent> records = story.kafka.get(number);
                for (Sent record : List.copyOf(records)) {
                    if (record.op() == Arrival.TOMBSTONE && record.part() == 1) {
                        records.remove(record);
                        story.kafka.get(number + 1).add(0, record);
                        return true;
                    }
                }
            }
            return false;
        }
    },
    /** A record says that it is of another transaction than it is. */
    MIXES_UP_TRANSACTION_IDS {
        @Override
        boolean make(SimulatedTransactions story) {
            for (List<Sent> records : story.kafka) {
                for (int index = 0; index < records.size(); index++) {
                    if (records.get(index).isStreamed() && records.get(index).tag() != null) {
                        records.set(index, records.get(index).of(77));
                        return true;
                    }
                }
            }
            return false;
        }
    },
    /** A booking is missing, so the others of its transaction have another sum. */
    LOSES_A_BOOKING {
        @Override
        boolean make(SimulatedTransactions story) {
            for (int number = story.kafka.size() - 1; number > 1; number--) {
                List<Sent> records = story.kafka.get(number);
                for (int index = records.size() - 1; index >= 0; index--) {
                    if (story.changesTheSum(number, index)) {
                        records.remove(index);
                        return true;
                    }
                }
            }
            return false;
        }
    };

    /** Makes the mistake; returns whether there was a place for it. */
    abstract boolean make(SimulatedTransactions story);
}
