// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.chaos.check.Problem.Kind;
import dev.tributary.sandbox.chaos.load.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Documents whose updates leave the body out. The digest is that of the title, which is the tag, and the body. */
class LargeValuesTest {

    private final List<Change> changes = new ArrayList<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private final Map<String, String> rows = new HashMap<>();
    private final Allowances.Builder allowances = Allowances.builder();

    @Test
    void takesTheValueOfTheVersionBefore() {
        // Given
        committed("7", "a", 'c', "one");
        committed("7", "b", 'u', "one");
        committed("7", "c", 'u', "one");

        // When
        sent("7", "a", 'c', "one");
        sent("7", "b", 'u', null);
        sent("7", "c", 'u', null);

        // Then
        assertThat(check()).isEmpty();
    }

    @Test
    void findsAValueThatIsLeftOutThoughItChanged() {
        // Given
        committed("7", "a", 'c', "one");
        committed("7", "b", 'u', "two");

        // When
        sent("7", "a", 'c', "one");
        sent("7", "b", 'u', null);
        sent("7", "b", 'r', "two");

        // Then
        assertThat(check()).containsExactly(Kind.WRONG_CONTENT);
    }

    @Test
    void findsAnotherColumnThatIsWrong() {
        // Given
        committed("7", "a", 'c', "one");
        committed("7", "b", 'u', "one");

        // When
        sent("7", "a", 'c', "one");
        sent("7", "b", 'u', null);
        Arrival last = arrivals.remove(1);
        arrivals.add(with(last, new LargeValue(null, "another title|", "")));

        // Then
        assertThat(check()).containsExactly(Kind.WRONG_CONTENT);
    }

    @Test
    void findsAnInsertThatLeavesItOut() {
        // Given
        committed("7", "a", 'c', "one");

        // When
        sent("7", "a", 'c', null);

        // Then
        assertThat(check()).containsExactly(Kind.WRONG_CONTENT);
    }

    @Test
    void followsAChangeOfTheKey() {
        // Given
        committed("7", "a", 'c', "one");
        changeKey("7", "a", "8", "b", "one");
        committed("8", "c", 'u', "one");

        // When
        sent("7", "a", 'c', "one");
        sent("8", "b", 'c', null);
        sent("8", "c", 'u', null);
        deleted("7");

        // Then
        assertThat(check()).isEmpty();
    }

    /** Of another transaction that takes its seq in between. */
    @Test
    void followsAChangeOfTheKeyAcrossAnotherChange() {
        // Given
        committed("7", "a", 'c', "one");
        committed("8", "b", 'c', "one");
        committed("9", "x", 'c', "other");
        deletedByChangeOfKey("7", "a", "one", changes.get(1));

        // When
        sent("7", "a", 'c', "one");
        sent("8", "b", 'c', null);
        sent("9", "x", 'c', "other");
        deleted("7");

        // Then
        assertThat(check()).isEmpty();
    }

    @Test
    void findsAWrongColumnAfterAChangeOfTheKey() {
        // Given
        committed("7", "a", 'c', "one");
        changeKey("7", "a", "8", "b", "two");

        // When
        sent("7", "a", 'c', "one");
        sent("8", "b", 'c', null);
        deleted("7");

        // Then
        assertThat(check()).containsExactly(Kind.WRONG_CONTENT);
    }

    @Test
    void acceptsARepeatAfterANewerValueInAtLeastOnce() {
        // Given
        allowances.repeats();
        committed("7", "a", 'c', "one");
        committed("7", "b", 'u', "one");
        committed("7", "c", 'u', "two");

        // When
        sent("7", "a", 'c', "one");
        sent("7", "b", 'u', null);
        sent("7", "c", 'u', "two");
        sent("7", "b", 'u', null);
        sent("7", "c", 'u', "two");

        // Then
        assertThat(check()).isEmpty();
    }

    @Test
    void doesNotCompareWithAValueThatALostChangeMayHaveReplaced() {
        // Given
        allowances.lost(null, 20, 20, "slot dropped");
        committed("7", "a", 'c', "one");
        committed("7", "b", 'u', "two");
        committed("7", "c", 'u', "two");

        // When
        sent("7", "a", 'c', "one");
        sent("7", "c", 'u', null);

        // Then
        assertThat(check()).isEmpty();
    }

    @Test
    void comparesAgainOnceASnapshotShowsTheValue() {
        // Given
        allowances.read(null, 0, 20, "first snapshot");
        committed("7", "a", 'c', "one");
        committed("7", "b", 'u', "two");
        committed("7", "c", 'u', "three");

        // When
        sent("7", "b", 'r', "two");
        sent("7", "c", 'u', null);

        // Then
        assertThat(check()).containsExactly(Kind.WRONG_CONTENT);
    }

    private void committed(String key, String tag, char op, String body) {
        long seq = changes.size() + 1L;
        changes.add(new Change(seq, tag, "document", key, op, digest(tag, body), 10 * seq, seq));
        rows.put(key, tag);
    }

    private void changeKey(String old, String oldTag, String key, String tag, String body) {
        committed(key, tag, 'c', body);
        deletedByChangeOfKey(old, oldTag, body, changes.get(changes.size() - 1));
    }

    /** @param insert that of the new key */
    private void deletedByChangeOfKey(String old, String oldTag, String body, Change insert) {
        long seq = changes.size() + 1L;
        changes.add(new Change(seq, oldTag, "document", old, 'd', digest(oldTag, body), insert.lsn(), insert.xid()));
        rows.remove(old);
    }

    private void sent(String key, String tag, char op, @Nullable String body) {
        Change change = changes.stream()
                .filter(each -> each.tag().equals(tag) && each.op() != 'd')
                .findFirst()
                .orElseThrow();
        Arrival.Payload payload = body == null ? Arrival.Payload.LEFT_OUT : Arrival.Payload.MATCHES;
        LargeValue large = body == null ? new LargeValue(null, tag + "|", "") : new LargeValue(body, "", "");
        add(key, op, tag, change.seq(), change.digest(), payload, large);
    }

    private void deleted(String key) {
        add(key, 'd', null, 0, null, Arrival.Payload.NONE, null);
        add(key, Arrival.TOMBSTONE, null, 0, null, Arrival.Payload.NONE, null);
    }

    private void add(
            String key,
            char op,
            @Nullable String tag,
            long seq,
            @Nullable String digest,
            Arrival.Payload payload,
            @Nullable LargeValue large) {
        arrivals.add(new Arrival(
                "chaos.public.document",
                Integer.parseInt(key) % 3,
                arrivals.size(),
                "document",
                key,
                op,
                tag,
                seq,
                digest,
                payload,
                large,
                5,
                null,
                0,
                1));
    }

    private static Arrival with(Arrival arrival, LargeValue large) {
        return new Arrival(
                arrival.topic(),
                arrival.partition(),
                arrival.offset(),
                arrival.relation(),
                arrival.key(),
                arrival.op(),
                arrival.tag(),
                arrival.seq(),
                arrival.digest(),
                arrival.payload(),
                large,
                arrival.lsn(),
                null,
                0,
                1);
    }

    private static String digest(String tag, String body) {
        return PayloadDigest.md5(tag + "|" + body);
    }

    private List<Kind> check() {
        return Checker.check(
                        arrivals,
                        new Committed(changes, Map.of("document", rows)),
                        allowances.build(),
                        List.of(),
                        List.of())
                .problems()
                .stream()
                .map(Problem::kind)
                .toList();
    }
}
