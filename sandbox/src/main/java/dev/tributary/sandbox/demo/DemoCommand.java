// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import dev.tributary.sandbox.Command;
import dev.tributary.sandbox.Sandbox;
import java.io.PrintStream;
import java.util.List;

/** {@code ./tributary demo}. */
public final class DemoCommand implements Command {

    private final PrintStream out;

    public DemoCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String usage() {
        return DemoOptions.USAGE;
    }

    @Override
    public int run(List<String> arguments) throws Exception {
        DemoOptions options = DemoOptions.parse(arguments);
        Screen screen = Screen.on(out);
        try (Sandbox sandbox = Sandbox.open()) {
            run(options, screen, sandbox);
        }
        screen.line(options.keep() ? "Everything is stopped" : "Everything is stopped and deleted");
        return 0;
    }

    private static void run(DemoOptions options, Screen screen, Sandbox sandbox) throws Exception {
        if (options.keep()) {
            sandbox.keep();
        }
        try {
            new Demo(options, screen, sandbox).run();
        } catch (Exception e) {
            if (!Sandbox.isExiting()) {
                sandbox.keepLogs();
                screen.line("Failed. The logs are kept in %s", sandbox.logs());
            }
            throw e;
        } finally {
            if (options.keep()) {
                screen.line("Data and logs are kept in %s", sandbox.directory());
            }
        }
    }
}
