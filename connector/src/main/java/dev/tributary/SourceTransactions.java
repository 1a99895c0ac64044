// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.OptionNames;
import dev.tributary.config.Oversize;
import dev.tributary.config.TransactionOptions;
import dev.tributary.failure.CaptureFailedException;
import dev.tributary.failure.Failure;
import dev.tributary.handover.Group;
import dev.tributary.handover.Grouping;
import dev.tributary.handover.TransactionPart;
import dev.tributary.metrics.TaskStatus;
import dev.tributary.position.Lsn;
import dev.tributary.position.Position;
import dev.tributary.preflight.Finding;
import dev.tributary.preflight.TransactionChecks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes each Kafka transaction consist of whole transactions of the source: {@code transaction.boundary=connector}.
 *
 * <p>See docs/adr/0016-source-transactions.md.
 */
final class SourceTransactions implements Grouping.Oversize {

    private static final Logger LOG = LoggerFactory.getLogger(SourceTransactions.class);

    private final TransactionContext context;
    private final TransactionOptions options;
    private final TaskStatus status;
    private final Grouping grouping;

    private SourceTransactions(TransactionContext context, TransactionOptions options, TaskStatus status) {
        this.context = context;
        this.options = options;
        this.status = status;
        // The rest of the time is for the commit.
        Duration sending = options.producerTimeout().multipliedBy(3).dividedBy(4);
        this.grouping =
                new Grouping(options.groupLongest(), options.groupBytes(), options.largestBytes(), sending, this);
    }

    /** Null if the worker has no transactions, or if it defines their boundaries itself. */
    static @Nullable SourceTransactions of(SourceTaskContext context, ConnectorConfig config, TaskStatus status) {
        TransactionContext transactions = context.transactionContext();
        return transactions == null
                ? null
                : new SourceTransactions(transactions, TransactionOptions.of(config), status);
    }

    /** What does not fit the boundaries that are asked for. */
    static List<Finding> findings(SourceTaskContext context, ConnectorConfig config) {
        List<Finding> findings = new ArrayList<>(TransactionChecks.of(config));
        if (context.transactionContext() == null
                && TransactionOptions.of(config).byConnector()) {
            findings.add(TransactionChecks.withoutExactlyOnce());
        }
        return findings;
    }

    Grouping grouping() {
        return grouping;
    }

    /** Has Connect commit after the last of the records that were polled. */
    void commit(List<SourceRecord> polled) {
        if (polled instanceof Group group) {
            group.commitTo(context, grouping);
        }
    }

    @Override
    public @Nullable RuntimeException tooLarge(SourceRecord next, long bytes, int part) {
        String what = "The transaction with its commit record at " + commit(next) + " has more than "
                + options.largestBytes() + " bytes (" + OptionNames.TRANSACTION_MAX_BYTES + ")";
        if (part > 1) {
            // Some of it has been committed already, if not in this run.
            return null;
        }
        if (options.oversize() == Oversize.FAIL) {
            return new CaptureFailedException(
                    fatal(
                            what,
                            "Raise " + OptionNames.TRANSACTION_MAX_BYTES
                                    + ", and the heap of the workers if it is to hold more than twice as much"),
                    null);
        }
        split(what + "; its first part has " + bytes + " bytes");
        return null;
    }

    @Override
    public @Nullable RuntimeException tooSlow(SourceRecord last, Duration time) {
        String what = "The transaction with its commit record at " + commit(last) + " has been on its way to Kafka for "
                + time.toMillis() + " ms, and the producer's transactions expire after "
                + options.producerTimeout().toMillis() + " ms";
        if (options.oversize() == Oversize.FAIL) {
            String fix = "Raise " + TransactionOptions.PRODUCER_TIMEOUT + ", at most to the broker's"
                    + " transaction.max.timeout.ms, or tune the producer for a higher throughput";
            return new ConnectException(fatal(what, fix).message());
        }
        split(what);
        return null;
    }

    private void split(String what) {
        status.transactionSplit();
        LOG.warn(
                "{}. It is committed in parts: until the last one is, consumers see some of its changes without the"
                        + " others. Records after the first part have the header {}.",
                what,
                TransactionPart.HEADER);
    }

    private static Failure.Fatal fatal(String what, String fix) {
        return new Failure.Fatal(
                Failure.Kind.TRANSACTION_TOO_LARGE,
                what + ". Nothing of it has been committed (" + OptionNames.TRANSACTION_OVERSIZE + "=fail).",
                "Fix: " + fix + "; or set " + OptionNames.TRANSACTION_OVERSIZE + "=split.");
    }

    private static String commit(SourceRecord record) {
        return record.sourceOffset() != null && record.sourceOffset().get(Position.OPEN) instanceof Number lsn
                ? new Lsn(lsn.longValue()).toString()
                : "an unknown position";
    }
}
