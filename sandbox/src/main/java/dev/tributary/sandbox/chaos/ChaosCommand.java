// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos;

import dev.tributary.sandbox.Command;
import java.io.PrintStream;
import java.util.List;

/** {@code ./tributary chaos}. */
public final class ChaosCommand implements Command {

    private final PrintStream out;

    public ChaosCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public String name() {
        return "chaos";
    }

    @Override
    public String usage() {
        return ChaosOptions.USAGE;
    }

    @Override
    public int run(List<String> arguments) throws Exception {
        ChaosOptions options = ChaosOptions.parse(arguments);
        return new Chaos(options, new Screen(out)).run() ? 0 : 1;
    }
}
