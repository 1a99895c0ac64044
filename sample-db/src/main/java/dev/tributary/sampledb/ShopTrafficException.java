// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.sql.SQLException;

/** The database rejected an action. Its transaction is still open, so the traffic cannot continue. */
public final class ShopTrafficException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ShopTrafficException(SQLException cause) {
        super("the shop's traffic stopped: " + cause.getMessage(), cause);
    }
}
