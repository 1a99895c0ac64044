// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.compare;

import dev.tributary.transforms.event.TableName;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns that the updates of a table cannot be compared, once per table, for a bounded number of tables. */
public final class UncomparedTables {

    private static final Logger LOG = LoggerFactory.getLogger(UncomparedTables.class);

    /** The log is for people. */
    static final int MOST = 512;

    private final Set<TableName> warned = new HashSet<>();

    /** @param table whose update does not contain the old row */
    public void warn(TableName table) {
        if (warned.size() < MOST && warned.add(table)) {
            LOG.warn(
                    "Updates of table {} do not contain the old row, so they are not compared and none is dropped. Fix:"
                            + " ALTER TABLE {} REPLICA IDENTITY FULL",
                    table,
                    quoted(table.schema()) + "." + quoted(table.name()));
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
