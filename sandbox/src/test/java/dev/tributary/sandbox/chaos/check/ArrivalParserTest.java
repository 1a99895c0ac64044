// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.chaos.check.Arrival.Payload;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArrivalParserTest {

    private static final String ANN = PayloadDigest.md5("Ann|100");

    private final Pulses pulses = new Pulses();
    private final Balances balances = new Balances();
    private final ArrivalParser parser = new ArrivalParser(pulses, balances);

    @Test
    void readsAChange() {
        // When
        Optional<Arrival> arrival = parse(
                "account",
                "{'id':7}",
                "{'before':null,'after':{'id':7,'owner':'Ann','balance':100,'seq':3,'tag':'a','digest':'" + ANN
                        + "'},'source':{'table':'account','lsn':99,'snapshot':'false'},'op':'u'}");

        // Then
        assertThat(arrival)
                .contains(new Arrival(
                        "chaos.public.account",
                        2,
                        5,
                        "account",
                        "7",
                        Arrival.UPDATE,
                        "a",
                        3,
                        ANN,
                        Payload.MATCHES,
                        99,
                        null));
    }

    @Test
    void readsARowOfASnapshotWithNullsAndBooleans() {
        // When
        Arrival arrival = parse(
                        "orders",
                        "{'id':7}",
                        "{'after':{'id':7,'customer':1,'note':null,'paid':true,'seq':3,'tag':'a','digest':'"
                                + PayloadDigest.md5("1|~|true")
                                + "'},'source':{'table':'orders','lsn':99,'snapshot':'first'},'op':'r'}")
                .orElseThrow();

        // Then
        assertThat(arrival.op()).isEqualTo(Arrival.READ);
        assertThat(arrival.snapshot()).isEqualTo("first");
        assertThat(arrival.payload()).isEqualTo(Payload.MATCHES);
    }

    @Test
    void findsAPayloadThatDoesNotHaveTheDigest() {
        assertThat(account("'Bob'", ANN).payload()).isEqualTo(Payload.DIFFERS);
    }

    @Test
    void findsAPlaceholderInATableWithoutLargeValues() {
        assertThat(account("'__debezium_unavailable_value'", ANN).payload()).isEqualTo(Payload.DIFFERS);
    }

    @Test
    void findsAMissingColumn() {
        assertThat(row("account", "'id':7,'owner':'Ann','seq':3,'tag':'a','digest':'x'", "null", 'c')
                        .payload())
                .isEqualTo(Payload.LACKING);
    }

    @Test
    void findsAMissingDigest() {
        assertThat(row("account", "'id':7,'owner':'Ann','balance':100,'seq':3,'tag':'a'", "null", 'r')
                        .payload())
                .isEqualTo(Payload.LACKING);
    }

    @Test
    void keepsALargeValueOnce() {
        // When
        Arrival created = document("'large'", "null", 'c', "a|large|0");
        Arrival read = document("'large'", "null", 'r', "a|large|0");

        // Then
        assertThat(created.payload()).isEqualTo(Payload.MATCHES);
        assertThat(created.large()).isEqualTo(new LargeValue("large", "", "")).isSameAs(read.large());
    }

    @Test
    void readsWhatIsAroundALargeValueThatAnUpdateLeavesOut() {
        // When
        Arrival arrival = document("'__debezium_unavailable_value'", "null", 'u', "a|large|0");

        // Then
        assertThat(arrival.payload()).isEqualTo(Payload.LEFT_OUT);
        assertThat(arrival.large()).isEqualTo(new LargeValue(null, "a|", "|0"));
        assertThat(new LargeValue(null, "a|", "|0").digestWith("large")).isEqualTo(arrival.digest());
    }

    @Test
    void findsALargeValueThatASnapshotLeavesOut() {
        assertThat(document("'__debezium_unavailable_value'", "null", 'r', "a|large|0")
                        .payload())
                .isEqualTo(Payload.DIFFERS);
    }

    @Test
    void findsALargeValueThatIsLeftOutThoughTheOldRowHasIt() {
        assertThat(document("'__debezium_unavailable_value'", "{'id':7,'tag':'z'}", 'u', "a|large|0")
                        .payload())
                .isEqualTo(Payload.DIFFERS);
    }

    @Test
    void readsADeleteWhoseOldRowHasOnlyItsKey() {
        // When
        Arrival arrival = parse(
                        "account",
                        "{'id':7}",
                        "{'before':{'id':7,'owner':'','balance':0,'seq':null,'tag':null,'digest':null},'after':null,"
                                + "'source':{'table':'account','lsn':99},'op':'d'}")
                .orElseThrow();

        // Then
        assertThat(arrival.op()).isEqualTo(Arrival.DELETE);
        assertThat(arrival.key()).isEqualTo("7");
        assertThat(arrival.tag()).isNull();
        assertThat(arrival.payload()).isEqualTo(Payload.NONE);
    }

    @Test
    void readsADeleteWithTheWholeOldRow() {
        // When
        Arrival arrival = parse(
                        "account",
                        "{'id':7}",
                        "{'before':{'id':7,'owner':'Ann','balance':100,'seq':3,'tag':'a','digest':'" + ANN
                                + "'},'after':null,'source':{'table':'account','lsn':99},'op':'d'}")
                .orElseThrow();

        // Then
        assertThat(arrival.tag()).isEqualTo("a");
        assertThat(arrival.payload()).isEqualTo(Payload.MATCHES);
    }

    @Test
    void joinsTheColumnsOfAKey() {
        assertThat(parse("order_line", "{'order_id':12,'line':3}", null).orElseThrow())
                .extracting(Arrival::key, Arrival::op)
                .containsExactly("12|3", Arrival.TOMBSTONE);
    }

    @Test
    void countsAPartitionToItsTable() {
        assertThat(parse("measurement_3", "{'id':7}", null).orElseThrow().relation())
                .isEqualTo("measurement");
    }

    @Test
    void knowsATableByItsColumnsIfItHasTheNameOfAnother() {
        // Given
        String row = "{'id':7,'owner':'Ann','balance':100,'seq':3,'tag':'a','digest':'" + ANN + "'}";
        String source = "'source':{'table':'orders','lsn':99}";

        // When
        Arrival change = parse("orders", "{'id':7}", "{'after':" + row + "," + source + ",'op':'c'}")
                .orElseThrow();
        parse("orders", "{'id':7}", "{'before':" + row + ",'after':null," + source + ",'op':'d'}");
        Arrival tombstone = parse("orders", "{'id':7}", null).orElseThrow();

        // Then
        assertThat(change.relation()).isEqualTo("account");
        assertThat(tombstone.relation()).isEqualTo("account");
    }

    @Test
    void readsATruncate() {
        assertThat(parse("scratch", null, "{'before':null,'after':null,'source':{'table':'scratch'},'op':'t'}")
                        .orElseThrow()
                        .op())
                .isEqualTo(Arrival.TRUNCATE);
    }

    @Test
    void doesNotReadWhatIsNoJson() {
        assertThat(parse("account", "{'id':7}", "not JSON").orElseThrow().op()).isEqualTo(Arrival.UNREADABLE);
    }

    @Test
    void ignoresATableThatIsNotOneOfTheLoads() {
        assertThat(parse("other", "{'id':7}", "{'after':{'id':7},'source':{'table':'other'},'op':'c'}"))
                .isEmpty();
    }

    @Test
    void notesWhenAPulseArrivesForTheFirstTime() {
        // When
        parse("pulse", "{'id':1}", "{'after':{'id':1,'n':4},'source':{'table':'pulse'},'op':'u'}");
        long first = pulses.last().orElseThrow().nanoTime();
        parse("pulse", "{'id':1}", "{'after':{'id':1,'n':6},'source':{'table':'pulse'},'op':'u'}");
        parse("pulse", "{'id':1}", "{'after':{'id':1,'n':4},'source':{'table':'pulse'},'op':'u'}");

        // Then
        assertThat(pulses.last().orElseThrow().n()).isEqualTo(6);
        assertThat(pulses.atLeast(3)).contains(new Pulses.Pulse(4, first));
        assertThat(pulses.atLeast(5).orElseThrow().n()).isEqualTo(6);
        assertThat(pulses.atLeast(7)).isEmpty();
    }

    @Test
    void readsTheTransactionOfARecordAndOfTheTombstoneThatFollowsItsDelete() {
        // When
        Arrival change = transaction("{'after':{'id':7,'tag':'a'},'source':{'table':'customer','txId':41},'op':'c'}");
        Arrival delete = transaction("{'before':{'id':7},'source':{'table':'customer','txId':42},'op':'d'}");
        Arrival tombstone = transaction(null);
        Arrival other = parse("customer", "{'id':8}", null).orElseThrow();

        // Then
        assertThat(change.txId()).isEqualTo(41);
        assertThat(delete.txId()).isEqualTo(42);
        assertThat(tombstone.txId()).isEqualTo(42);
        assertThat(other.txId()).isZero();
    }

    /** Kafka chooses their partitions one by one, so a tombstone need not follow its own delete. */
    @Test
    void doesNotKnowTheTransactionOfATombstoneWithoutAKey() {
        // When
        parse("event_log", null, "{'before':{'kind':'x'},'source':{'table':'event_log','txId':42},'op':'d'}");
        Arrival tombstone = parse("event_log", null, null).orElseThrow();

        // Then
        assertThat(tombstone.op()).isEqualTo(Arrival.TOMBSTONE);
        assertThat(tombstone.txId()).isZero();
    }

    private Arrival transaction(@Nullable String value) {
        return parse("customer", "{'id':7}", value).orElseThrow();
    }

    @Test
    void readsWhichPartOfATransactionARecordIsOf() {
        // Given
        ConsumerRecord<byte @Nullable [], byte @Nullable []> record =
                new ConsumerRecord<>("chaos.public.customer", 2, 5, bytes("{'id':7}"), null);
        record.headers().add("tributary.transaction.part", "3".getBytes(UTF_8));

        // Then
        assertThat(parser.parse(record).orElseThrow().part()).isEqualTo(3);
        assertThat(transaction(null).part()).isEqualTo(1);
    }

    @Test
    void remembersTheBalancesOfTheBank() {
        // When
        parse("savings", "{'id':7}", "{'after':{'balance':40,'tag':'b'},'source':{'table':'savings'},'op':'c'}");
        account("'Ann'", ANN);

        // Then
        assertThat(balances.of("a")).isEqualTo(100);
        assertThat(balances.of("b")).isEqualTo(40);
    }

    private Arrival account(String owner, String digest) {
        return parse(
                        "account",
                        "{'id':7}",
                        "{'after':{'id':7,'owner':" + owner + ",'balance':100,'seq':3,'tag':'a','digest':'" + digest
                                + "'},'source':{'table':'account','lsn':99},'op':'c'}")
                .orElseThrow();
    }

    private Arrival document(String body, String before, char op, String digested) {
        String row = "'id':7,'title':'a','body':%s,'revision':0,'seq':3,'tag':'a','digest':'%s'"
                .formatted(body, PayloadDigest.md5(digested));
        return row("document", row, before, op);
    }

    private Arrival row(String table, String row, String before, char op) {
        String value = "{'before':%s,'after':{%s},'source':{'table':'%s','lsn':99},'op':'%s'}";
        return parse(table, "{'id':7}", value.formatted(before, row, table, op)).orElseThrow();
    }

    private Optional<Arrival> parse(String table, @Nullable String key, @Nullable String value) {
        return parser.parse(new ConsumerRecord<>("chaos.public." + table, 2, 5, bytes(key), bytes(value)));
    }

    private static byte @Nullable [] bytes(@Nullable String json) {
        return json == null ? null : json.replace('\'', '"').getBytes(UTF_8);
    }
}
