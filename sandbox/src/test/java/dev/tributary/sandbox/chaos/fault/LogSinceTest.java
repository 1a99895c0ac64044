// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSinceTest {

    @TempDir
    Path directory;

    private Path log;

    @BeforeEach
    void write() throws IOException {
        log = Files.writeString(directory.resolve("worker.log"), "before\n");
    }

    @Test
    void whatWasWrittenBeforeIsNotSeen() {
        assertThat(LogSince.of(List.of(log)).has("before")).isFalse();
    }

    @Test
    void whatIsWrittenAfterwardsIsSeen() throws IOException {
        LogSince since = LogSince.of(List.of(log));
        Files.writeString(log, "later: 42501\n", StandardOpenOption.APPEND);
        assertThat(since.has("later")).isTrue();
        assertThat(since.has(Pattern.compile("28000|42501"))).isTrue();
        assertThat(since.has("28000|42501")).isFalse();
    }

    @Test
    void oneOfSeveralLogsIsEnough() throws IOException {
        Path other = Files.createFile(directory.resolve("other.log"));
        LogSince since = LogSince.of(List.of(log, other));
        Files.writeString(other, "found");
        assertThat(since.has("found")).isTrue();
    }
}
