// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Reads a stream with Debezium's task and ours in turn, on one slot and with one offset store. Each task is stopped at
 * a random record, and a random part of the records it sent counts as committed.
 */
final class Switches {

    private static final int MOST = 4;

    private final Wal wal;
    private final Mark end;
    private final Random random;
    private final ExpectedRecords expected;
    private final MemoryOffsets offsets = new MemoryOffsets();

    private Switches(Wal wal, Mark end, Random random) {
        this.wal = wal;
        this.end = end;
        this.random = random;
        this.expected = new ExpectedRecords(wal.read(Contender.DEBEZIUM, Map.of(), end));
    }

    /** Fails if a record is missing that had not been committed. Records that were sent before may be sent again. */
    static void assertComplete(Wal wal, Mark end, Random random, String context) throws InterruptedException {
        new Switches(wal, end, random).assertComplete(context);
    }

    private void assertComplete(String context) throws InterruptedException {
        String slot = wal.newSlot();
        StringBuilder history = new StringBuilder(context);
        int committed = 0;
        for (int i = 0; i < MOST && committed < expected.all().size(); i++) {
            Contender contender = i % 2 == 0 ? Contender.DEBEZIUM : Contender.TRIBUTARY;
            int most = i == MOST - 1
                    ? Integer.MAX_VALUE
                    : 1 + random.nextInt(expected.all().size() / 4 + 1);
            history.append('\n')
                    .append(contender)
                    .append(" after ")
                    .append(committed)
                    .append(" records");
            try (Capture capture = start(contender, slot)) {
                List<SourceRecord> sent = capture.untilEnough(most, end);
                int from = expected.indexOf(sent.get(0), committed);
                assertThat(from)
                        .as("index of the first record %s\n%s", sent.get(0), history)
                        .isNotNegative();
                assertThat(ChangeContent.of(sent))
                        .as(history.toString())
                        .isEqualTo(ChangeContent.of(expected.from(from, sent.size())));
                int kept = expected.safeForDebezium(from + 1 + random.nextInt(sent.size()));
                if (kept > from) {
                    committed = kept;
                    capture.commit(sent.get(kept - from - 1));
                }
                history.append(": ")
                        .append(sent.size())
                        .append(" sent from ")
                        .append(from)
                        .append(", kept up to ")
                        .append(kept);
            } finally {
                wal.awaitRelease(slot);
            }
        }
        wal.drop(slot);
    }

    private Capture start(Contender contender, String slot) {
        Map<String, String> options = new HashMap<>();
        options.put("max.batch.size", Integer.toString(1 + random.nextInt(20)));
        return Capture.start(contender, wal.options(contender, slot, options), offsets);
    }
}
