// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Reads a stream with our task, which is stopped again and again at a random record. A random part of the records it
 * sent counts as committed. The next task starts from there, on the same slot.
 */
final class Restarts {

    private static final int MOST = 6;

    private final Wal wal;
    private final Mode mode;
    private final Mark end;
    private final Random random;
    private final ExpectedRecords expected;
    private final MemoryOffsets offsets = new MemoryOffsets();

    private Restarts(Wal wal, Mode mode, Mark end, Random random) {
        this.wal = wal;
        this.mode = mode;
        this.end = end;
        this.random = random;
        this.expected = new ExpectedRecords(wal.read(Contender.DEBEZIUM, mode.options(), end));
    }

    /**
     * Fails unless each task resumes at exactly the right record, and sends exactly the records of an uninterrupted
     * stream.
     */
    static void assertExact(Wal wal, Mode mode, Mark end, Random random, String context) throws InterruptedException {
        new Restarts(wal, mode, end, random).assertExact(context);
    }

    private void assertExact(String context) throws InterruptedException {
        String slot = wal.newSlot();
        StringBuilder history = new StringBuilder(context);
        int committed = 0;
        for (int restart = 0; restart <= MOST; restart++) {
            int from = expected.resumedAfter(committed);
            if (from == expected.all().size()) {
                break;
            }
            int most = restart == MOST
                    ? Integer.MAX_VALUE
                    : random.nextInt(Math.max(2, expected.all().size() / 4));
            history.append("\nrestart ").append(restart).append(" from record ").append(from);
            try (Capture capture = start(slot)) {
                List<SourceRecord> sent = capture.untilEnough(most, end);
                new Readings(expected.from(from, sent.size()), sent).assertSame(history.toString());
                int kept = random.nextInt(sent.size() + 1);
                if (kept > 0 && !expected.isInFirstTransaction(from + kept)) {
                    committed = from + kept;
                    capture.commit(sent.get(kept - 1));
                }
                history.append(": ")
                        .append(sent.size())
                        .append(" sent, ")
                        .append(kept)
                        .append(" kept");
            } finally {
                wal.awaitRelease(slot);
            }
        }
        wal.drop(slot);
    }

    private Capture start(String slot) {
        return Capture.start(Contender.TRIBUTARY, wal.options(Contender.TRIBUTARY, slot, options()), offsets);
    }

    /** Small batches, so that a task can stop at any record. */
    private Map<String, String> options() {
        Map<String, String> options = new HashMap<>(mode.options());
        options.put("max.batch.size", Integer.toString(1 + random.nextInt(20)));
        return options;
    }
}
