// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private static final String ERASE = "\r\u001b[K";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void isAsLongAsTheProgress() {
        assertThat(ProgressBar.text(0, "rows")).isEqualTo("[------------------------------]   0%  rows");
        assertThat(ProgressBar.text(50, "rows")).isEqualTo("[###############---------------]  50%  rows");
        assertThat(ProgressBar.text(99.9, "rows")).startsWith("[#############################-]  99%");
        assertThat(ProgressBar.text(140, "rows")).startsWith("[##############################] 100%");
        assertThat(ProgressBar.text(-1, "rows")).startsWith("[------------------------------]   0%");
    }

    @Test
    void linesGoAboveIt() {
        // Given
        ProgressBar bar = new ProgressBar(out, true);
        String drawn = ProgressBar.text(10, "rows");

        // When
        bar.above("before");
        bar.show(10, "rows");
        bar.above("meanwhile");
        bar.end();
        bar.end();
        bar.above("after");

        // Then
        assertThat(bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"))
                .isEqualTo("before\n" + ERASE + drawn + ERASE + "meanwhile\n" + drawn + ERASE + "after\n");
    }

    @Test
    void isNotDrawnWithoutATerminal() {
        // Given
        ProgressBar bar = new ProgressBar(out, false);

        // When
        bar.show(10, "rows");
        bar.above("a line");
        bar.end();

        // Then
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("a line" + System.lineSeparator());
    }
}
