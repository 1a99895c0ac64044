// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.tail;

import dev.tributary.sandbox.Command;
import dev.tributary.sandbox.ConnectorFile;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** {@code ./tributary tail}. */
public final class TailCommand implements Command {

    private final PrintStream out;
    private final PrintStream err;

    public TailCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public String name() {
        return "tail";
    }

    @Override
    public String usage() {
        return TailOptions.USAGE;
    }

    @Override
    public int run(List<String> arguments) throws Exception {
        TailOptions options = TailOptions.parse(arguments);
        Map<String, String> config = ConnectorFile.read(options.file());
        TemporarySlot.Plan plan = TemporarySlot.plan(config);
        if (!plan.errors().isEmpty()) {
            plan.errors().forEach(error -> err.println("tributary tail: " + error));
            return 1;
        }
        try (Tail tail = new Tail(config, plan.publication(), options, out, err)) {
            return tail.run();
        }
    }
}
