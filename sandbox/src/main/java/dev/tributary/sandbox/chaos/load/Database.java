// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import java.sql.Connection;
import java.sql.SQLException;

/** The current primary, which may be another server at the next call. */
@FunctionalInterface
public interface Database {

    /**
     * A new connection in auto-commit mode, which the caller closes. It must fail, not wait for ever, if the server
     * does not answer.
     */
    Connection connect() throws SQLException;
}
