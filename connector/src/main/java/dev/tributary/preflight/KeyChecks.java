// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import java.util.ArrayList;
import java.util.List;

/** Checks whether the records of a table have a key. */
final class KeyChecks {

    private KeyChecks() {}

    static List<Finding> key(PreflightRequest request, Facts facts) {
        var withoutKey = facts.publishable()
                .filter(table -> !table.primaryKey()
                        && request.tables().keyColumns().apply(table.name()).isEmpty())
                .toList();
        var findings = new ArrayList<Finding>();
        var keyless =
                withoutKey.stream().filter(table -> table.uniqueIndex() == null).toList();
        if (!keyless.isEmpty()) {
            findings.add(Finding.warning(
                    OptionNames.TABLE_INCLUDE_LIST,
                    "Tables without a primary key: " + Names.of(keyless),
                    "Their records have no key, so the changes of a row are spread over the topic's partitions and lose"
                            + " their order, and the topic cannot be compacted",
                    new Fix.Advice("add a primary key to each (ALTER TABLE "
                            + keyless.get(0).name().quoted()
                            + " ADD PRIMARY KEY (…)), or choose key columns with message.key.columns: "
                            + keyless.get(0).name() + ":column")));
        }
        var indexed =
                withoutKey.stream().filter(table -> table.uniqueIndex() != null).toList();
        if (!indexed.isEmpty()) {
            findings.add(Finding.info(
                    OptionNames.TABLE_INCLUDE_LIST,
                    "Tables with a unique index but no primary key: " + Names.of(indexed),
                    "The record key is taken from the unique index, so rows with a null in it can have the same key",
                    new Fix.Advice("add a primary key to each, or choose key columns with message.key.columns")));
        }
        return findings;
    }
}
