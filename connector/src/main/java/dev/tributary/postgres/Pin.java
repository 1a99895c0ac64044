// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

/**
 * What keeps a replication slot from needing less WAL, apart from its reader.
 *
 * @param what a description, without its statement, which can contain values
 * @param remedy the SQL that ends it
 */
public record Pin(String what, String remedy) {}
