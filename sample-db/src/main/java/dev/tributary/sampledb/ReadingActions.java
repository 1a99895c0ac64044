// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.math.BigDecimal;
import java.sql.SQLException;

/** Temperatures are recorded, some are corrected, and old ones are pruned. */
final class ReadingActions {

    private static final String TABLE = "sensor_readings";

    private ReadingActions() {}

    record Taken(String sensor, BigDecimal celsius) implements ShopAction {
        @Override
        public void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException {
            memory.rememberReading(transaction.insertReturningKey(
                    TABLE,
                    "INSERT INTO shop.sensor_readings (sensor, celsius) VALUES (?, ?) RETURNING id",
                    sensor,
                    celsius));
        }
    }

    record Corrected(long reading, BigDecimal celsius) implements ShopAction {
        @Override
        public void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException {
            transaction.change(
                    RowOperation.UPDATE,
                    TABLE,
                    "UPDATE shop.sensor_readings SET celsius = ? WHERE id = ?",
                    celsius,
                    reading);
        }
    }

    record Pruned(long reading) implements ShopAction {
        @Override
        public void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException {
            transaction.change(RowOperation.DELETE, TABLE, "DELETE FROM shop.sensor_readings WHERE id = ?", reading);
            memory.readings.remove(reading);
            memory.oldestReadings.remove(reading);
        }
    }
}
