// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

/**
 * A column of the outbox table that is needed for something.
 *
 * @param column its name
 * @param option what says so, for messages
 */
public record ColumnOption(String column, String option) {}
