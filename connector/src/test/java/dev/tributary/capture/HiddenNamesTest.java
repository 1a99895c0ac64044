// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.capture.HiddenNames.Name;
import dev.tributary.postgres.TableName;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HiddenNamesTest {

    private static final Name SECRET = new Name(new TableName("public", "t"), "secret");

    private final HiddenNames names = new HiddenNames();

    @Test
    void namesOfAnySpellingAreRestored() {
        // Given
        String stored = "16400.2=public/a%2Fb%2C%3D%40/secret+%C3%A4,4294967295.1600=S/t/secret";

        // When
        names.restore(stored, 0);

        // Then
        assertThat(names.text()).isEqualTo(stored);
    }

    @Test
    void aColumnIsForgottenWithTheLastOfItsNames() {
        // Given
        names.restore("1.1=public/t/secret,1.1=public/t/open,1.2=public/t/open", 0);

        // When
        names.retain(SECRET::equals);

        // Then
        assertThat(names.text()).isEqualTo("1.1=public/t/secret,1.1=public/t/open");
    }

    @Test
    void aNameOfTheCatalogCountsOnceTheStreamHasReachedIt() {
        // Given
        names.noted(1, 1, SECRET, 0x20);
        HiddenNames before = new HiddenNames();
        HiddenNames after = new HiddenNames();

        // When
        before.restore(names.text(), 0x1f);
        after.restore(names.text(), 0x20);

        // Then
        assertThat(before.of(1))
                .hasEntrySatisfying(
                        1, known -> assertThat(known.appliesTo(SECRET)).isFalse());
        assertThat(after.of(1))
                .hasEntrySatisfying(
                        1, known -> assertThat(known.appliesTo(SECRET)).isTrue());
        assertThat(before.text()).isEqualTo("1.1=public/t/secret@20");
        assertThat(after.text()).isEqualTo("1.1=public/t/secret");
    }

    @Test
    void anOffsetStaysSmallAndPrefersWhatThisRunHasSeen() {
        // Given
        names.restore(
                IntStream.rangeClosed(1, 10_000)
                        .mapToObj(number -> number + ".1=s/t/c")
                        .collect(Collectors.joining(",")),
                0);

        // When
        names.streamed(20_000, 1, SECRET);

        // Then
        assertThat(names.text()).hasSizeLessThan(3_000).startsWith("20000.1=public/t/secret,1.1=s/t/c,2.1=s/t/c");
    }
}
