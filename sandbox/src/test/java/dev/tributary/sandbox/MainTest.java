// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** A command whose first argument says how it ends. */
    private static final class Obedient implements Command {
        @Override
        public String name() {
            return "obey";
        }

        @Override
        public String usage() {
            return "tributary obey WHAT";
        }

        @Override
        public int run(List<String> arguments) {
            return switch (arguments.get(0)) {
                case "succeed" -> 0;
                case "fail" -> throw new SandboxException("it failed");
                default -> throw new UsageException("what?");
            };
        }
    }

    @Test
    void success() {
        assertThat(run("obey", "succeed")).isZero();
        assertThat(text(err)).isEmpty();
    }

    @Test
    void failureSaysWhatHappened() {
        assertThat(run("obey", "fail")).isEqualTo(1);
        assertThat(text(err)).contains("obey failed: it failed");
    }

    @Test
    void wrongUsageShowsTheRightOne() {
        assertThat(run("obey", "nonsense")).isEqualTo(2);
        assertThat(text(err)).contains("what?", "tributary obey WHAT");
    }

    @Test
    void unknownOrNoCommandShowsAllOfThem() {
        assertThat(run("dance")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(text(err)).contains("unknown command dance", "tributary obey WHAT");
    }

    @Test
    void helpIsNoMistake() {
        assertThat(run("--help")).isZero();
        assertThat(run("obey", "--help")).isZero();
        assertThat(text(out)).contains("tributary obey WHAT");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void helpListsDevWithTheTextOfTheScript() throws IOException {
        assertThat(new DevOutline().usage())
                .isEqualTo(Files.readString(Path.of("../dev/usage.txt")).strip())
                .startsWith("tributary dev ");
    }

    private int run(String... arguments) {
        Main main = new Main(
                List.of(new Obedient()),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return main.run(List.of(arguments));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
