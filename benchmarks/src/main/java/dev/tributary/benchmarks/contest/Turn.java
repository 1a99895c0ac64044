// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import java.io.IOException;
import java.sql.SQLException;

/**
 * A contestant that works when it is its turn, and is stopped otherwise.
 *
 * @param <W> the work
 * @param <M> the measurement
 */
public interface Turn<W, M> extends AutoCloseable {

    /** Does the work and returns the measurement. */
    M take(W work, int round) throws IOException, SQLException;

    @Override
    void close() throws IOException;
}
