// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import java.sql.SQLException;

/** A part of a transaction that makes sense alone. */
@FunctionalInterface
interface Action {

    void run(Work work) throws SQLException;
}
