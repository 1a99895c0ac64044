// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.util.List;

/**
 * The role that is logged in.
 *
 * @param name its name
 * @param canLogin attribute {@code LOGIN}
 * @param replication attribute {@code REPLICATION}
 * @param superuser attribute {@code SUPERUSER}
 * @param replicationRoles roles of Amazon RDS that it is a member of and that grant replication without the attribute
 * @param adminRoles administrator roles of a hosting provider that it is a member of; they replace a superuser there
 * @param mayCreateInDatabase whether it holds {@code CREATE} on the database, which a publication needs
 */
public record Role(
        String name,
        boolean canLogin,
        boolean replication,
        boolean superuser,
        List<String> replicationRoles,
        List<String> adminRoles,
        boolean mayCreateInDatabase) {

    public Role {
        replicationRoles = List.copyOf(replicationRoles);
        adminRoles = List.copyOf(adminRoles);
    }

    /** Whether it may start replication: by attribute, as superuser, or through a provider's role. */
    public boolean mayReplicate() {
        return replication || superuser || !replicationRoles.isEmpty();
    }
}
