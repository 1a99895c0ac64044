// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.sql.SQLException;

/** Something that happens in the shop, with all its particulars decided. */
interface ShopAction {

    /** Writes it to the database and to our memory of the shop. */
    void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException;
}
