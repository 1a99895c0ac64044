// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.check;

import dev.tributary.ConfigurationCheck;
import dev.tributary.ConfigurationCheck.Remark;
import dev.tributary.preflight.Finding.Severity;
import dev.tributary.sandbox.Command;
import dev.tributary.sandbox.ConnectorFile;
import dev.tributary.sandbox.UsageException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code ./tributary check}. */
public final class CheckCommand implements Command {

    private final PrintStream out;

    public CheckCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public String name() {
        return "check";
    }

    @Override
    public String usage() {
        return """
                tributary check config.json
                  Checks the options in config.json and the database they name, as the connector does before it starts,
                  and prints each problem with the SQL or setting that fixes it. Changes nothing.
                  Exit code 0: the connector can start. 1: it cannot start. 2: wrong arguments.""";
    }

    @Override
    public int run(List<String> arguments) {
        if (arguments.size() != 1 || arguments.get(0).startsWith("-")) {
            throw new UsageException("expected one argument: a JSON file with the connector's options");
        }
        List<Remark> remarks = ConfigurationCheck.of(ConnectorFile.read(Path.of(arguments.get(0))));
        remarks.forEach(remark -> out.println(label(remark.severity()) + remark.message()));
        long errors = remarks.stream()
                .filter(remark -> remark.severity() == Severity.ERROR)
                .count();
        out.println(
                errors > 0
                        ? errors + (errors == 1 ? " error: " : " errors: ") + "the connector cannot start"
                        : "The connector can start");
        return errors > 0 ? 1 : 0;
    }

    private static String label(Severity severity) {
        return switch (severity) {
            case ERROR -> "error    ";
            case WARNING -> "warning  ";
            case INFO -> "note     ";
        };
    }
}
