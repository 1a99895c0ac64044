// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

/**
 * What happens to a captured table whose updates Postgres would reject once the connector has published it, because its
 * replica identity is not usable: {@code publication.tables.without.identity}.
 */
public enum UnidentifiedTables {
    /** The connector does not start. */
    REFUSE,
    /** The table is left out until it has an identity. */
    SKIP,
    /** The table is published. */
    ACCEPT
}
