// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import dev.tributary.transforms.event.TableName;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices a rule that names a table and matches none of its columns, and a rule that matched a column of a table until
 * the column was renamed or dropped. Either way, a value may be published that should be masked. Not thread-safe.
 */
final class RuleWatch {

    private static final Logger LOG = LoggerFactory.getLogger("dev.tributary.transforms.MaskFields");

    private final Rules rules;
    private final UnmatchedRules unmatched;
    private final Map<TableName, BitSet> matchedBy = new HashMap<>();
    private final Map<TableName, Set<?>> namesBy = new HashMap<>();
    private final BitSet everMatched = new BitSet();
    private final Set<String> reported = new HashSet<>();

    RuleWatch(Rules rules, UnmatchedRules unmatched) {
        this.rules = rules;
        this.unmatched = unmatched;
    }

    /**
     * A table has rows of a schema. To be called for each schema, as often as it is new to the caller.
     *
     * @throws DataException if a rule matches none of its columns, and that is an error
     */
    void sees(TableName table, Schema row) {
        examine(table, RuleMatch.columns(row), (rule, reached) -> RuleMatch.isIn(rule, reached, row));
    }

    /**
     * A row without a schema. To be called for each.
     *
     * @throws DataException if a rule matches none of its columns, and that is an error
     */
    void sees(TableName table, Map<?, ?> row) {
        if (!row.keySet().equals(namesBy.get(table))) {
            Set<String> names = new TreeSet<>();
            row.keySet().forEach(name -> names.add(String.valueOf(name)));
            examine(table, names, (rule, reached) -> RuleMatch.isIn(rule, reached, row));
            namesBy.put(table, new HashSet<>(row.keySet()));
        }
    }

    private void examine(TableName table, Collection<String> columns, BiPredicate<Rule, BitSet> isIn) {
        BitSet matched = new BitSet();
        BitSet before = matchedBy.getOrDefault(table, new BitSet());
        for (int number = 0; number < rules.size(); number++) {
            Rule rule = rules.rule(number);
            BitSet reached = RuleMatch.ofTable(rule, table);
            if (reached.isEmpty()) {
                continue;
            }
            if (isIn.test(rule, reached)) {
                matched.set(number);
                everMatched.set(number);
            } else if (before.get(number)) {
                report(table, columns, rule, " matched a column of table " + table + " before, and matches none now");
            } else if (!everMatched.get(number) && RuleMatch.namesTable(rule)) {
                report(table, columns, rule, " matches no column of table " + table);
            }
        }
        matchedBy.put(table, matched);
    }

    private void report(TableName table, Collection<String> columns, Rule rule, String what) {
        String message = "Rule " + rule.text() + what + ". The columns are " + String.join(", ", columns)
                + ". If the one that is meant has another name, its values are published as they are. Fix: correct the"
                + " rule, or remove it if the column no longer exists";
        if (unmatched == UnmatchedRules.FAIL) {
            throw new DataException(message);
        }
        if (reported.add(rule.text() + " " + table + what)) {
            LOG.warn("{}", message);
        }
    }
}
