// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.sales;

import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into changes of the revenue, in the minute of the commit: a corrected line counts with the difference, a
 * deleted line is subtracted. So the latest event of a line has no effect when it is repeated, and all changes together
 * are the sum of the lines. Older events that are repeated, as a connector without exactly-once does after a crash,
 * cancel each other out, but can move revenue from one minute to another.
 */
final class LineChanges implements Processor<String, @Nullable Line, ProductMinute, Sale> {

    static final String STORE = "lines";

    private @Nullable ProcessorContext<ProductMinute, Sale> context;
    private @Nullable KeyValueStore<String, Line> lines;

    @Override
    public void init(ProcessorContext<ProductMinute, Sale> context) {
        this.context = context;
        this.lines = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, @Nullable Line> record) {
        KeyValueStore<String, Line> known = Objects.requireNonNull(lines);
        Line now = record.value();
        Line before = now == null ? known.delete(record.key()) : known.get(record.key());
        if (now != null) {
            known.put(record.key(), now);
        }
        if (before != null && now != null && before.product() == now.product()) {
            forward(record, now.product(), now.sale().minus(before.sale()));
            return;
        }
        if (before != null) {
            forward(record, before.product(), Sale.NONE.minus(before.sale()));
        }
        if (now != null) {
            forward(record, now.product(), now.sale());
        }
    }

    private void forward(Record<String, @Nullable Line> cause, long product, Sale change) {
        if (!change.isNothing()) {
            Objects.requireNonNull(context)
                    .forward(cause.withKey(ProductMinute.of(product, cause.timestamp()))
                            .withValue(change));
        }
    }
}
