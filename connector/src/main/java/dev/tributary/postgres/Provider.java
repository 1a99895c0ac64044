// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

/** Who runs the server, as far as its predefined roles tell: it decides how a server setting is changed. */
public enum Provider {
    /** No hosting provider's role is there. */
    SELF_MANAGED,
    /** Amazon RDS or Aurora: the role {@code rds_superuser} exists. */
    AMAZON_RDS,
    /** Google Cloud SQL or AlloyDB: {@code cloudsqlsuperuser} or {@code alloydbsuperuser} exists. */
    GOOGLE_CLOUD,
    /** Azure Database for PostgreSQL: {@code azure_pg_admin} exists. */
    AZURE
}
