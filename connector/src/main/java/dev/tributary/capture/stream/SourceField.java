// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.record.VaryingField;
import dev.tributary.row.AvroBytes;
import dev.tributary.row.JsonText;
import io.debezium.connector.AbstractSourceInfo;
import io.debezium.connector.postgresql.SourceInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of Debezium's source block that differ from change to change. */
enum SourceField implements VaryingField<ChangePoint> {
    TS_MS {
        @Override
        public Object read(ChangePoint point) {
            return point.transaction().commitMillis();
        }
    },
    TS_US {
        @Override
        public Object read(ChangePoint point) {
            return point.transaction().commitMicros();
        }
    },
    TS_NS {
        @Override
        public Object read(ChangePoint point) {
            return point.transaction().commitMicros() * NANOS_PER_MICRO;
        }

        @Override
        public boolean write(ChangePoint point, JsonText json) {
            json.number(point.transaction().commitMicros() * NANOS_PER_MICRO);
            return true;
        }

        @Override
        public boolean write(ChangePoint point, AvroBytes avro) {
            avro.number(point.transaction().commitMicros() * NANOS_PER_MICRO);
            return true;
        }
    },
    TX_ID {
        @Override
        public Object read(ChangePoint point) {
            return point.transaction().id();
        }
    },
    LSN {
        @Override
        public Object read(ChangePoint point) {
            return point.lsn();
        }

        @Override
        public boolean write(ChangePoint point, JsonText json) {
            json.number(point.lsn());
            return true;
        }

        @Override
        public boolean write(ChangePoint point, AvroBytes avro) {
            avro.number(point.lsn());
            return true;
        }
    },
    SEQUENCE {
        @Override
        public Object read(ChangePoint point) {
            return point.sequence();
        }

        @Override
        public boolean write(ChangePoint point, JsonText json) {
            Long previous = point.transaction().previousCommit();
            if (previous == null) {
                return false;
            }
            json.raw(SEQUENCE_START);
            json.number(previous);
            json.raw(SEQUENCE_MIDDLE);
            json.number(point.lsn());
            json.raw(SEQUENCE_END);
            return true;
        }

        @Override
        public boolean write(ChangePoint point, AvroBytes avro) {
            Long previous = point.transaction().previousCommit();
            if (previous == null) {
                return false;
            }
            int start = avro.beginShortString();
            avro.raw(PLAIN_START);
            avro.decimal(previous);
            avro.raw(PLAIN_MIDDLE);
            avro.decimal(point.lsn());
            avro.raw(PLAIN_END);
            avro.endShortString(start);
            return true;
        }
    },
    XMIN {
        @Override
        public @Nullable Object read(ChangePoint point) {
            return point.xmin();
        }
    },
    ORIGIN {
        @Override
        public @Nullable Object read(ChangePoint point) {
            return point.origin() == null ? null : point.origin().name();
        }
    },
    ORIGIN_LSN {
        @Override
        public @Nullable Object read(ChangePoint point) {
            return point.origin() == null ? null : (Object) point.origin().lsn();
        }
    };

    static final Map<String, SourceField> BY_NAME = Map.of(
            AbstractSourceInfo.TIMESTAMP_KEY, TS_MS,
            AbstractSourceInfo.TIMESTAMP_US_KEY, TS_US,
            AbstractSourceInfo.TIMESTAMP_NS_KEY, TS_NS,
            AbstractSourceInfo.SEQUENCE_KEY, SEQUENCE,
            SourceInfo.TXID_KEY, TX_ID,
            SourceInfo.LSN_KEY, LSN,
            SourceInfo.XMIN_KEY, XMIN,
            SourceInfo.ORIGIN_KEY, ORIGIN,
            SourceInfo.ORIGIN_LSN_KEY, ORIGIN_LSN);

    private static final long NANOS_PER_MICRO = 1_000;
    private static final byte[] SEQUENCE_START = JsonText.ascii("\"[\\\"");
    private static final byte[] SEQUENCE_MIDDLE = JsonText.ascii("\\\",\\\"");
    private static final byte[] SEQUENCE_END = JsonText.ascii("\\\"]\"");

    /** The same outside of JSON, where quotation marks are not escaped. */
    private static final byte[] PLAIN_START = JsonText.ascii("[\"");

    private static final byte[] PLAIN_MIDDLE = JsonText.ascii("\",\"");
    private static final byte[] PLAIN_END = JsonText.ascii("\"]");

    @Override
    public abstract @Nullable Object read(ChangePoint point);

    @Override
    public boolean write(ChangePoint point, JsonText json) {
        return read(point) instanceof Long number && written(number, json);
    }

    private static boolean written(long number, JsonText json) {
        json.number(number);
        return true;
    }

    private static boolean written(long number, AvroBytes avro) {
        avro.number(number);
        return true;
    }

    @Override
    public boolean write(ChangePoint point, AvroBytes avro) {
        return read(point) instanceof Long number && written(number, avro);
    }
}
