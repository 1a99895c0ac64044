// SPDX-License-Identifier: Apache-2.0
package dev.tributary.plan;

/**
 * What a COPY of a table has read in a short time.
 *
 * @param table {@code schema.table}
 * @param rows how many rows were read
 * @param bytes how many bytes of text they have
 * @param seconds how long it took
 * @param whole whether that was the whole table
 * @param walBytes how much WAL the server has written meanwhile
 */
public record Probe(String table, long rows, long bytes, double seconds, boolean whole, long walBytes) {}
