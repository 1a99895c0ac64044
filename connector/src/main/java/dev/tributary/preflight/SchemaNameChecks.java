// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks whether Avro allows the names of the schemas, which consist of the topic prefix, schema and table. */
final class SchemaNameChecks {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");

    private SchemaNameChecks() {}

    static List<Finding> forbidden(PreflightRequest request, Facts facts) {
        if (!request.topics().writesAvro()) {
            return List.of();
        }
        List<String> forbidden = Stream.concat(
                        Stream.of(request.topics().prefix()),
                        facts.publishable()
                                .flatMap(table -> Stream.of(
                                        table.name().schema(), table.name().name())))
                .filter(name -> !ALLOWED.matcher(name).matches())
                .distinct()
                .toList();
        if (forbidden.isEmpty()) {
            return List.of();
        }
        return List.of(Finding.warning(
                OptionNames.SCHEMA_NAME_ADJUSTMENT_MODE,
                "Avro forbids names that are in the names of the schemas: " + Names.shortened(forbidden),
                "Registries and consumers other than Avro's own for Java can refuse the schemas",
                new Fix.Advice("set schema.name.adjustment.mode=avro before the first record is sent; later, it gives"
                        + " the schemas other names")));
    }
}
