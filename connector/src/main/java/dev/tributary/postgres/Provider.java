// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

/** Who operates the server, judged by its predefined roles. It determines how server settings are changed. */
public enum Provider {
    /** No role of a hosting provider exists. */
    SELF_MANAGED,
    /** Amazon RDS or Aurora: the role {@code rds_superuser} exists. */
    AMAZON_RDS,
    /** Google Cloud SQL or AlloyDB: {@code cloudsqlsuperuser} or {@code alloydbsuperuser} exists. */
    GOOGLE_CLOUD,
    /** Azure Database for PostgreSQL: {@code azure_pg_admin} exists. */
    AZURE
}
