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
 * The account that Postgres runs under: it refuses to run as root, so root gives it another.
 *
 * @param prefix the command that runs the rest under that account; empty for the account of this JVM
 * @param owner who has to own its files; null for the account of this JVM
 */
record PostgresAccount(List<String> prefix, @Nullable String owner) {

    /** The system property that names an account for root to use instead of a user namespace. */
    static final String PROPERTY = "tributary.sandbox.postgres.user";

    private static final PostgresAccount SAME = new PostgresAccount(List.of(), null);
    // In a fresh user namespace root is nobody in Postgres's eyes and yet owns the same files.
    private static final PostgresAccount NAMESPACE = new PostgresAccount(List.of("unshare", "-U"), null);

    /** What this system allows, tried once. */
    static final PostgresAccount HERE = here(System.getProperty(PROPERTY));

    private static PostgresAccount here(@Nullable String wanted) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return SAME;
        }
        if (wanted == null && OrphanGuard.works("unshare", "-U", "true")) {
            return NAMESPACE;
        }
        // Containers often forbid user namespaces.
        String user = wanted == null ? "nobody" : wanted;
        return new PostgresAccount(
                List.of("setpriv", "--reuid", user, "--regid", group(user), "--clear-groups", "--inh-caps=-all"), user);
    }

    private static String group(String user) {
        try {
            Process id = new ProcessBuilder("id", "-g", user).start();
            String group = new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (id.waitFor() != 0) {
                throw new SandboxException("Postgres needs an account other than root, and there is no " + user
                        + "; name one with -D" + PROPERTY);
            }
            return group;
        } catch (IOException e) {
            throw new SandboxException("cannot look up the account " + user, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted", e);
        }
    }

    /** Whether its files belong to another account than this JVM's. */
    boolean isOther() {
        return owner != null;
    }

    /** Lets it own a directory and reach it from the root of the file system's temporary directory. */
    void take(Path directory) {
        if (owner == null) {
            return;
        }
        try {
            DirectoryTree.give(
                    directory,
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner));
            letPass(directory);
        } catch (IOException e) {
            throw new SandboxException("cannot give " + directory + " to the account " + owner, e);
        }
    }

    private static void letPass(Path directory) throws IOException {
        for (@Nullable Path at = directory.getParent(); at != null && at.getParent() != null; at = at.getParent()) {
            Set<PosixFilePermission> permissions = EnumSet.copyOf(Files.getPosixFilePermissions(at));
            if (permissions.add(PosixFilePermission.OTHERS_EXECUTE)) {
                Files.setPosixFilePermissions(at, permissions);
            }
        }
    }
}
