// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the rules say about a place in a row and everything below it. The elements of an array have the place of the
 * array. Not thread-safe.
 */
public final class Place {

    /** Keys of maps and names in documents are unbounded. Beyond this many, names are matched again each time. */
    private static final int BOUND = 512;

    private final Rules rules;
    private final Rules.State state;
    private final @Nullable Rule first;
    private final Map<String, Place> below = new HashMap<>();
    private @Nullable Place belowOthers;
    private @Nullable Place document;

    Place(Rules rules, Rules.State state) {
        this.rules = rules;
        this.state = state;
        this.first = state.first() < rules.size() ? rules.rule(state.first()) : null;
    }

    /** The action of the first rule that matches the place or one above it; null if none does. */
    @Nullable
    Action action() {
        return first == null ? null : first.action();
    }

    /** The text of the rule that {@link #action} comes from, or of the first that looks into documents. */
    String ruleText(boolean ofDocument) {
        return ofDocument
                ? rules.rule(Collections.min(state.documents())).text()
                : Objects.requireNonNull(first).text();
    }

    /** Whether no rule matches here or can match below. */
    public boolean matchesNothing() {
        return first == null && isUniformBelow() && state.documents().isEmpty();
    }

    /** Whether everything below is treated alike. Otherwise an earlier rule may make an exception. */
    boolean isUniformBelow() {
        return state.positions().isEmpty();
    }

    /** Whether the value as a whole becomes null. */
    boolean isNulled() {
        return first != null
                && first.action().is(Action.Kind.NULL)
                && isUniformBelow()
                && state.documents().isEmpty();
    }

    /** The place of a field, of a key of a map, or of a name in a document. */
    Place below(String name) {
        if (isUniformBelow()) {
            return this;
        }
        Place place = below.get(name);
        if (place == null) {
            place = rules.below(state, name);
            if (below.size() < BOUND) {
                below.put(name, place);
            }
        }
        return place;
    }

    /** The place of names that no rule mentions. */
    Place belowOthers() {
        if (belowOthers == null) {
            belowOthers = rules.below(state, null);
        }
        return belowOthers;
    }

    /** The root of the JSON document at this place; null if no rule looks into one. */
    @Nullable
    Place document() {
        if (document == null && !state.documents().isEmpty()) {
            document = rules.document(state);
        }
        return document;
    }
}
