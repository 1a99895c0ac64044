// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import dev.tributary.sandbox.chaos.ChaosCommand;
import dev.tributary.sandbox.check.CheckCommand;
import dev.tributary.sandbox.demo.DemoCommand;
import dev.tributary.sandbox.plan.PlanCommand;
import dev.tributary.sandbox.tail.TailCommand;
import java.io.PrintStream;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The main class of {@code ./tributary}: finds the subcommand, runs it, and turns the result into an exit code. */
public final class Main {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final List<Command> commands;
    private final PrintStream out;
    private final PrintStream err;

    Main(List<Command> commands, PrintStream out, PrintStream err) {
        this.commands = commands;
        this.out = out;
        this.err = err;
    }

    /** Exits with 0 for success, 1 for failure, 2 for wrong usage. */
    public static void main(String[] arguments) {
        System.exit(new Main(commands(), System.out, System.err).run(List.of(arguments)));
    }

    /** The commands of this module, and bench, which is a service of another module because few calls need it. */
    private static List<Command> commands() {
        return List.of(
                new DemoCommand(System.out),
                new TailCommand(System.out, System.err),
                new CheckCommand(System.out),
                new PlanCommand(System.out),
                new ChaosCommand(System.out),
                ServiceLoader.load(Command.class).findFirst().orElseGet(BenchOutline::new),
                new DevOutline());
    }

    int run(List<String> arguments) {
        if (arguments.isEmpty()) {
            err.println(usage());
            return MISUSED;
        }
        String name = arguments.get(0);
        if (List.of("help", "--help", "-h").contains(name)) {
            out.println(usage());
            return 0;
        }
        return commands.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .map(command -> run(command, arguments.subList(1, arguments.size())))
                .orElseGet(() -> {
                    err.println("tributary: unknown command " + name + "\n\n" + usage());
                    return MISUSED;
                });
    }

    private int run(Command command, List<String> arguments) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.println(command.usage());
            return 0;
        }
        try {
            return command.run(arguments);
        } catch (UsageException e) {
            err.println("tributary " + command.name() + ": " + e.getMessage() + "\n\n" + command.usage());
            return MISUSED;
        } catch (Exception e) {
            // When the program is ended from outside, failures that this causes are not reported.
            if (!Sandbox.isExiting()) {
                err.println("tributary " + command.name() + " failed: " + describe(e));
            }
            return FAILED;
        }
    }

    private static String describe(Exception e) {
        return e instanceof SandboxException && e.getMessage() != null ? e.getMessage() : e.toString();
    }

    private String usage() {
        return commands.stream().map(Command::usage).collect(Collectors.joining("\n\n"));
    }
}
