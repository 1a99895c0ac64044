// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.plan;

import dev.tributary.ConfigurationPlan;
import dev.tributary.plan.Plan;
import dev.tributary.sandbox.Command;
import dev.tributary.sandbox.ConnectorFile;
import dev.tributary.sandbox.check.Remarks;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ./tributary plan}. */
public final class PlanCommand implements Command {

    private final PrintStream out;

    public PlanCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String usage() {
        return """
                tributary plan config.json [--json] [--no-probe]
                  Prints what the first start of the connector in config.json would do: the findings of check, the tables
                  with rows and sizes, the topics, the slot, the publication with its SQL, how long the snapshot takes,
                  the WAL that the server keeps meanwhile, and the memory of the queue. For the time of the snapshot it
                  reads from the largest table for two seconds, in a read-only transaction. Changes nothing.
                  --json         prints one JSON object
                  --no-probe     reads no rows, and estimates no time
                  Exit code 0: the connector can start. 1: it cannot start. 2: wrong arguments.""";
    }

    @Override
    public int run(List<String> arguments) throws InterruptedException {
        PlanOptions options = PlanOptions.parse(arguments);
        Map<String, String> config = ConnectorFile.read(options.file());
        Remarks remarks = Remarks.of(config);
        ConfigurationPlan made = ConfigurationPlan.of(config, options.probes());
        Optional<Plan> plan = made.plan();
        if (options.json()) {
            out.println(made.json(remarks.all(), Integer.MAX_VALUE).toPrettyString());
        } else {
            remarks.printTo(out);
            if (remarks.errors() > 0 && plan.isPresent()) {
                out.println("\nThe plan once the errors are fixed, as far as it is known now:");
            }
            made.problem().ifPresent(problem -> out.println(problem.message()));
            plan.ifPresent(shown -> out.print(PlanText.of(shown)));
        }
        return remarks.errors() > 0 ? 1 : 0;
    }
}
