// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

/**
 * A column of a table that a user created.
 *
 * @param table the table
 * @param name its name
 * @param type its type, as SQL writes it
 * @param base the name of its type in {@code pg_type}, without domains; {@code array} for every array
 * @param text whether its values are text or labels of an enum, also if a domain restricts them
 * @param key whether it is part of the record key, unless an option chooses another one: of the primary key, or of the
 *     unique index that stands in for it
 * @param similar whether the name of another column of the table differs from its own only by case
 */
public record CatalogColumn(
        TableName table, String name, String type, String base, boolean text, boolean key, boolean similar) {}
