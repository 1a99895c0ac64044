// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.check;

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
                  Checks the options in config.json and the database they name, as a worker does when it receives them
                  over REST, with converters, transforms and predicates, and prints each problem with the SQL or setting
                  that fixes it. For a configuration of Debezium's connector it also lists the defaults that change.
                  Resolves ${file:path:key}, ${dir:path:file} and ${env:NAME}. Changes nothing.
                  Exit code 0: the connector can start. 1: it cannot start. 2: wrong arguments.""";
    }

    @Override
    public int run(List<String> arguments) throws InterruptedException {
        if (arguments.size() != 1 || arguments.get(0).startsWith("-")) {
            throw new UsageException("expected one argument: a JSON file with the connector's options");
        }
        Remarks remarks = Remarks.of(ConnectorFile.read(Path.of(arguments.get(0))));
        remarks.printTo(out);
        return remarks.errors() > 0 ? 1 : 0;
    }
}
