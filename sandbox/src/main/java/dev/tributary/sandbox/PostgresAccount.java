// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The account that Postgres runs as. Postgres refuses to run as root, so root uses another account.
 *
 * @param prefix the command that runs the rest as that account; empty for the account of this JVM
 * @param owner the owner that its files need; null for the account of this JVM
 */
record PostgresAccount(List<String> prefix, @Nullable String owner) {

    /** The system property for the account that root uses instead of a user namespace. */
    static final String PROPERTY = "tributary.sandbox.postgres.user";

    private static final PostgresAccount SAME = new PostgresAccount(List.of(), null);
    // In a new user namespace, Postgres sees a user other than root, which still owns the same files.
    private static final PostgresAccount NAMESPACE = new PostgresAccount(List.of("unshare", "-U"), null);

    /** The account that works on this system, found out once. */
    static final PostgresAccount HERE = here(System.getProperty(PROPERTY));

    private static PostgresAccount here(@Nullable String requested) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return SAME;
        }
        if (requested == null && OrphanGuard.works("unshare", "-U", "true")) {
            return NAMESPACE;
        }
        // Many containers forbid user namespaces.
        String user = requested == null ? "nobody" : requested;
        return new PostgresAccount(
                List.of("setpriv", "--reuid", user, "--regid", group(user), "--clear-groups", "--inh-caps=-all"), user);
    }

    private static String group(String user) {
        try {
            Process id = new ProcessBuilder("id", "-g", user).start();
            String group = new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (id.waitFor() != 0) {
                throw new SandboxException("Postgres cannot run as root, and there is no account " + user
                        + "; choose one with -D" + PROPERTY);
            }
            return group;
        } catch (IOException e) {
            throw new SandboxException("cannot look up the account " + user, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted", e);
        }
    }

    /** Whether its files belong to an account other than this JVM's. */
    boolean isOther() {
        return owner != null;
    }

    /** Makes the account the owner of a directory, and makes the parents of the directory accessible to it. */
    void own(Path directory) {
        if (owner == null) {
            return;
        }
        try {
            DirectoryTree.changeOwner(
                    directory,
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner));
            allowAccess(directory);
        } catch (IOException e) {
            throw new SandboxException("cannot make the account " + owner + " the owner of " + directory, e);
        }
    }

    private static void allowAccess(Path directory) throws IOException {
        for (@Nullable Path at = directory.getParent(); at != null && at.getParent() != null; at = at.getParent()) {
            Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(at));
            if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
                Files.setPosixFilePermissions(at, permissions);
            }
        }
    }
}
