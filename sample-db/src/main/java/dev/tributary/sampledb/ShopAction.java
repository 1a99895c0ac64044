// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.sql.SQLException;

/** An action in the shop, with all its details decided. */
interface ShopAction {

    /** Writes the action to the database and to the memory of the shop. */
    void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException;
}
