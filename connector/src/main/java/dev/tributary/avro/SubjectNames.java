// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import org.apache.avro.Schema;
import org.apache.kafka.connect.errors.DataException;

/** How the subject of a schema is named; the names of Confluent's strategies, with or without their package. */
enum SubjectNames {
    TOPIC("TopicNameStrategy") {
        @Override
        String of(String topic, boolean isKey, Schema schema) {
            return topic + (isKey ? "-key" : "-value");
        }
    },
    RECORD("RecordNameStrategy") {
        @Override
        String of(String topic, boolean isKey, Schema schema) {
            return recordName(topic, isKey, schema);
        }
    },
    TOPIC_RECORD("TopicRecordNameStrategy") {
        @Override
        String of(String topic, boolean isKey, Schema schema) {
            return topic + '-' + recordName(topic, isKey, schema);
        }
    };

    static final String PACKAGE = "io.confluent.kafka.serializers.subject.";

    private final String strategy;

    SubjectNames(String strategy) {
        this.strategy = strategy;
    }

    /** The full name of the strategy's class. */
    String className() {
        return PACKAGE + strategy;
    }

    /** Without associations, Confluent's default of newer versions does what the one of older versions does. */
    boolean isNamed(String name) {
        String simple = name.startsWith(PACKAGE) ? name.substring(PACKAGE.length()) : name;
        return simple.equals(strategy) || (this == TOPIC && simple.equals("AssociatedNameStrategy"));
    }

    abstract String of(String topic, boolean isKey, Schema schema);

    private static String recordName(String topic, boolean isKey, Schema schema) {
        Schema record = ToConnectValue.withoutNull(schema);
        if (record.getType() != Schema.Type.RECORD) {
            throw new DataException("The " + (isKey ? "key" : "value") + " of topic " + topic
                    + " is not a record, so a subject cannot be named after it; use TopicNameStrategy");
        }
        return record.getFullName();
    }
}
