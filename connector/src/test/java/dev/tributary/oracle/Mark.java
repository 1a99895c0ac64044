// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A position in the WAL that every contender sees, whichever tables and operations it leaves out: a logical message
 * outside any transaction.
 *
 * @param prefix the message's prefix, different from that of any other mark
 */
record Mark(String prefix) {

    static final String PREFIX = "mark";

    static Mark of(int number) {
        return new Mark(PREFIX + number);
    }

    String sql() {
        return "SELECT pg_logical_emit_message(false, '" + prefix + "', '')";
    }

    boolean isIn(SourceRecord record) {
        Schema schema = record.valueSchema();
        return schema != null
                && schema.field("message") != null
                && record.value() instanceof Struct value
                && prefix.equals(value.getStruct("message").getString("prefix"));
    }
}
