// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

/**
 * A column of the outbox table that an option names.
 *
 * @param column its name
 * @param option the name of the option, for messages
 */
public record ColumnOption(String column, String option) {}
