// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.plan;

import dev.tributary.sandbox.UsageException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The arguments.
 *
 * @param file the connector's configuration
 * @param json whether to print JSON
 * @param probes whether to measure how fast rows can be read
 */
record PlanOptions(Path file, boolean json, boolean probes) {

    static PlanOptions parse(List<String> arguments) {
        @Nullable Path file = null;
        boolean json = false;
        boolean probes = true;
        for (String argument : arguments) {
            switch (argument) {
                case "--json" -> json = true;
                case "--no-probe" -> probes = false;
                default -> {
                    if (argument.startsWith("-") || file != null) {
                        throw new UsageException("unknown argument " + argument);
                    }
                    file = Path.of(argument);
                }
            }
        }
        if (file == null) {
            throw new UsageException("expected a JSON file with the connector's options");
        }
        return new PlanOptions(file, json, probes);
    }
}
