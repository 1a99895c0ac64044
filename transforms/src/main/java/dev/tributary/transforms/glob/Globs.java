// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.glob;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A choice of dotted names. Each part of a glob is matched against the same part of a name: {@code shop.*} matches all
 * tables of the schema {@code shop}. Case matters, as in Postgres.
 *
 * <p>A dot in a glob always separates two parts. To match a name that contains a dot, write a star instead of it.
 */
public final class Globs {

    private final List<List<Glob>> globs;

    private Globs(List<List<Glob>> globs) {
        this.globs = globs;
    }

    /**
     * @param form the form of an entry, such as {@code schema.table}: entries have as many parts
     * @throws IllegalArgumentException if an entry has more or fewer parts, or an empty one
     */
    public static Globs parse(List<String> entries, String form) {
        List<List<Glob>> globs = new ArrayList<>();
        for (String entry : entries) {
            List<String> parts = Arrays.asList(entry.strip().split("\\.", -1));
            if (parts.size() != form.split("\\.").length || parts.contains("")) {
                throw new IllegalArgumentException("'" + entry + "' does not have the form " + form
                        + "; * matches any part of a name, as in " + form.replaceFirst("^[^.]+", "*"));
            }
            globs.add(parts.stream().map(Glob::parse).toList());
        }
        return new Globs(List.copyOf(globs));
    }

    /** Whether there are no globs. Then no name matches. */
    public boolean isEmpty() {
        return globs.isEmpty();
    }

    /**
     * Whether a glob matches the name.
     *
     * @param name its parts, as many as the globs have
     */
    public boolean matches(String... name) {
        for (List<Glob> glob : globs) {
            if (matchesParts(glob, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesParts(List<Glob> glob, String[] name) {
        for (int i = 0; i < name.length; i++) {
            if (!glob.get(i).matches(name[i])) {
                return false;
            }
        }
        return true;
    }
}
