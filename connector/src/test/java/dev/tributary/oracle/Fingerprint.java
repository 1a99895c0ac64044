// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * What a record tells, as text: equal for the same record of two runs. Without the time of processing, and without the commit
 * before that {@code source.sequence} names: a run that is resumed in the first transaction of a slot has seen none.
 */
final class Fingerprint {

    private Fingerprint() {}

    static String of(SourceRecord record) {
        StringBuilder text = new StringBuilder(record.topic()).append(' ').append(record.key());
        if (record.value() instanceof Struct value) {
            for (Field field : value.schema().fields()) {
                if (!field.name().startsWith("ts_")) {
                    text.append(' ').append(field.name()).append('=').append(value.get(field));
                }
            }
        }
        return text.toString().replaceAll("sequence=\\[[^]]*]", "");
    }
}
