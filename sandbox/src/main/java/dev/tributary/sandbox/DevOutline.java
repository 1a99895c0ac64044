// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * {@code ./tributary dev} in the help. The script {@code tributary} runs it without this JVM, since it must work before
 * anything is built. The text is the script's file {@code dev/usage.txt}.
 */
final class DevOutline implements Command {

    private static final String TEXT = "dev/usage.txt";

    @Override
    public String name() {
        return "dev";
    }

    @Override
    public String usage() {
        try (InputStream text = Objects.requireNonNull(DevOutline.class.getResourceAsStream(TEXT))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int run(List<String> arguments) {
        throw new SandboxException("dev is run by the script; call ./tributary dev");
    }
}
