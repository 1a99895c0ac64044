// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import java.io.IOException;
import java.sql.SQLException;

/**
 * A contestant that does its work when it is its turn, and stands still otherwise.
 *
 * @param <W> the work
 * @param <M> what is measured
 */
public interface Turn<W, M> extends AutoCloseable {

    /** Does the work and returns how that went. */
    M take(W work, int round) throws IOException, SQLException;

    @Override
    void close() throws IOException;
}
