// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleOutbox.entry;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payloads that are expanded differently from Debezium's EventRouter on purpose, as the page lists them. */
class OutboxJsonDifferencesTest extends OutboxComparison {

    @Test
    void theObjectsOfAnArrayAreOptionalWhetherTheyDifferOrNot() {
        configure("table.expand.json.payload", "true");
        SourceRecord same = outbox.create(entry("payload", "{\"a\":[{\"b\":1},{\"b\":2}]}"));
        SourceRecord different = outbox.create(entry("payload", "{\"a\":[{\"b\":1},{\"c\":2}]}"));
        assertThat(element(message(ours, same)).isOptional()).isTrue();
        assertThat(element(message(ours, different)).isOptional()).isTrue();
        assertThat(element(message(theirs, same)).isOptional()).isTrue();
        assertThat(element(message(theirs, different)).isOptional()).isFalse();
    }

    private static Schema element(SourceRecord message) {
        return message.valueSchema().field("a").schema().valueSchema();
    }

    /** Debezium's result is {@code text} if the payload is not expanded, {@code broken} if no converter accepts it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // integers beyond 64 bits
                "ignore | {\"a\":90000000000000000000} | {a=90000000000000000000} | broken",
                // numbers of several types
                "ignore | {\"a\":[1,2.5]} | {a=[1.0, 2.5]} | text",
                "ignore | {\"a\":[1,5000000000]} | {a=[1, 5000000000]} | text",
                "ignore | {\"a\":[1,90000000000000000000]} | {a=[1, 90000000000000000000]} | text",
                "ignore | {\"a\":[{\"b\":1},{\"b\":2.5}]} | {a=[{b=1.0}, {b=2.5}]} | broken",
                // nulls among objects that differ
                "ignore | {\"a\":[{\"b\":1},null,{\"c\":2}]} | {a=[{b=1, c=null}, null, {b=null, c=2}]} | broken",
                // objects within objects of an array
                "ignore | {\"a\":[{\"b\":{\"c\":1,\"d\":2}},{\"b\":{\"d\":3,\"e\":4}}]}"
                        + " | {a=[{b={c=1, d=2, e=null}}, {b={c=null, d=3, e=4}}]} | lost",
                // arrays whose element type is unknown
                "ignore | {\"a\":[null],\"b\":1} | {b=1} | text",
                "ignore | {\"a\":[[],[1]]} | {a=[[], [1]]} | text",
                "optional_bytes | {\"a\":[],\"b\":1} | {a=[], b=1} | {b=1}",
                // arrays of arrays of several types
                "ignore | {\"a\":[[1],[2.5]]} | {a=[[1.0], [2.5]]} | broken",
                "ignore | {\"a\":[[1],[\"b\"]]} | text | broken",
                "ignore | {\"a\":[{\"b\":1},{\"b\":\"c\"}]} | text | broken",
                // arrays that are the whole payload
                "ignore | [1,2] | [1, 2] | broken",
                "ignore | [{\"a\":1}] | [{a=1}] | broken",
                // white space before the payload, and text after it
                "ignore | ` {\"a\":1}` | {a=1} | text",
                "ignore | {\"a\":1} {\"b\":2} | text | {a=1}",
                // numbers beyond float64
                "ignore | {\"a\":1e999} | text | {a=Infinity}"
            })
    void jsonThatIsExpandedDifferently(String nulls, String payload, String here, String there) {
        configure("table.expand.json.payload", "true", "table.json.payload.null.behavior", nulls);
        SourceRecord record = outbox.create(entry("payload", payload));
        assertThat(shown(message(ours, record), payload)).isEqualTo(here);
        if (there.equals("lost")) {
            // Which one is lost is random.
            assertThat(shown(message(theirs, record), payload)).contains("d=2").doesNotContainPattern("c=1.*e=4");
        } else {
            assertThat(shown(message(theirs, record), payload)).isEqualTo(there);
        }
    }

    private static String shown(SourceRecord message, String payload) {
        try {
            ConnectSchema.validateValue(message.valueSchema(), message.value());
        } catch (DataException e) {
            return "broken";
        }
        return payload.equals(message.value()) ? "text" : String.valueOf(SampleEvents.plain(message.value()));
    }
}
