// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import dev.tributary.transforms.event.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All rules, in their order. They form one automaton, whose states are {@link Place}s: each name on the path to a value
 * is one step, however many rules there are. Not thread-safe.
 */
public final class Rules {

    /**
     * More places than the rules of a real configuration distinguish. A place beyond it is computed again each time.
     */
    private static final int BOUND = 1024;

    private final List<Rule> rules;
    private final Map<State, Place> places = new HashMap<>();
    private final Place start;

    private Rules(List<Rule> rules) {
        this.rules = rules;
        Set<GlobPosition> positions = new HashSet<>();
        for (int rule = 0; rule < rules.size(); rule++) {
            enter(positions, false, rule, 0);
        }
        this.start = place(settled(false, positions, rules.size(), Set.of()));
    }

    /**
     * @throws IllegalArgumentException if an entry is not a rule, or there is none; the message says which entry and
     *     why
     */
    public static Rules parse(List<String> entries) {
        List<Rule> rules = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        for (String entry : entries) {
            rules.add(Rule.parse(entry.strip()));
            if (!paths.add(entry.substring(0, entry.lastIndexOf('=')).strip())) {
                throw new IllegalArgumentException("'" + entry + "' never applies: an earlier rule has the same path");
            }
        }
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("there is no rule; write one such as *.customers.email=hash");
        }
        return new Rules(List.copyOf(rules));
    }

    /** Whether any rule has an action that satisfies the predicate. */
    public boolean any(Predicate<Action> predicate) {
        return rules.stream().map(Rule::action).anyMatch(predicate);
    }

    /** What the rules say about the rows of a table. */
    public Place of(TableName table) {
        return start.below(table.schema()).below(table.name());
    }

    Rule rule(int index) {
        return rules.get(index);
    }

    int size() {
        return rules.size();
    }

    /** @param name null for a name that only {@code *} matches */
    Place below(State state, @Nullable String name) {
        Set<GlobPosition> positions = new HashSet<>();
        for (GlobPosition position : state.positions) {
            PathGlob glob = glob(state.inDocument, position.rule);
            if (glob.spans(position.part)) {
                enter(positions, state.inDocument, position.rule, position.part);
            } else if (name == null ? glob.matchesAll(position.part) : glob.matches(position.part, name)) {
                enter(positions, state.inDocument, position.rule, position.part + 1);
            }
        }
        return place(settled(state.inDocument, positions, state.first, state.documents));
    }

    /** The root of the document at a place. */
    Place document(State state) {
        Set<GlobPosition> positions = new HashSet<>();
        state.documents.forEach(rule -> enter(positions, true, rule, 0));
        return place(settled(true, positions, state.first, Set.of()));
    }

    private void enter(Set<GlobPosition> positions, boolean inDocument, int rule, int part) {
        PathGlob glob = glob(inDocument, rule);
        int reached = part;
        positions.add(new GlobPosition(rule, reached));
        while (glob.spans(reached)) {
            positions.add(new GlobPosition(rule, ++reached));
        }
    }

    private State settled(boolean inDocument, Set<GlobPosition> reached, int firstAbove, Set<Integer> documentsAbove) {
        int first = firstAbove;
        Set<Integer> documents = new HashSet<>(documentsAbove);
        for (GlobPosition position : reached) {
            if (position.part == glob(inDocument, position.rule).size()) {
                if (inDocument || rule(position.rule).document() == null) {
                    first = Math.min(first, position.rule);
                } else {
                    documents.add(position.rule);
                }
            }
        }
        int winner = first;
        documents.removeIf(rule -> rule > winner);
        reached.removeIf(position -> position.rule >= winner
                || documents.contains(position.rule)
                || position.part == glob(inDocument, position.rule).size());
        return new State(inDocument, Set.copyOf(reached), winner, Set.copyOf(documents));
    }

    private Place place(State state) {
        Place known = places.get(state);
        if (known == null) {
            known = new Place(this, state);
            if (places.size() < BOUND) {
                places.put(state, known);
            }
        }
        return known;
    }

    private PathGlob glob(boolean inDocument, int rule) {
        Rule of = rule(rule);
        return inDocument ? Objects.requireNonNull(of.document()) : of.columns();
    }

    /** How far the glob of a rule has matched. */
    private record GlobPosition(int rule, int part) {}

    /**
     * What is known about all rules on the path to a place. Rules after the first that matches are left out, since they
     * cannot win.
     *
     * @param first the first rule that matches here or above; the number of rules if none does
     * @param documents the rules that match the column here or above and continue into documents
     */
    record State(boolean inDocument, Set<GlobPosition> positions, int first, Set<Integer> documents) {}
}
