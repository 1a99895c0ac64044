// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import dev.tributary.postgres.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements with which the connector prepares the database, in a transaction of their own.
 *
 * @param statements the statements
 * @param locked the table that they lock against everything; null if others can read and write all tables meanwhile
 * @param canWait whether the connector can capture before they have been run
 */
public record Preparation(List<String> statements, @Nullable TableName locked, boolean canWait) {

    public Preparation {
        statements = List.copyOf(statements);
    }

    /** Statements that lock no table against reads and writes. */
    static Preparation of(List<String> statements) {
        return new Preparation(statements, null, false);
    }

    /**
     * What to say if they could not be run yet.
     *
     * @param why a sentence without its full stop
     */
    public Finding postponed(String why) {
        return Finding.warning(
                OptionNames.REPLICA_IDENTITY_AUTOSET_VALUES,
                "Table " + locked + " has not got the replica identity that the option chooses. " + why,
                "Until it has, its changes have the old values that its present identity provides. The next look at the"
                        + " tables tries it again",
                new Fix.Advice("wait for the end of these transactions, or run " + String.join("; ", statements)
                        + " when nobody uses the table for long"));
    }
}
