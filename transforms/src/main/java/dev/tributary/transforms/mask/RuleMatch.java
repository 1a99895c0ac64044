// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import dev.tributary.transforms.event.TableName;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/** Which columns a rule is about, whatever the rules before it say. */
final class RuleMatch {

    private RuleMatch() {}

    /** How far the rule has matched after the names of schema and table; empty if it is not about the table. */
    static BitSet ofTable(Rule rule, TableName table) {
        PathGlob glob = rule.columns();
        return glob.step(glob.step(glob.start(), table.schema()), table.name());
    }

    /** Whether the rule has the name of one table, so that one of its columns must be meant. */
    static boolean namesTable(Rule rule) {
        PathGlob glob = rule.columns();
        return !glob.spans(0) && glob.isName(1);
    }

    /** Whether the rule matches a column of a row, or a part of one, as far as the schema says. */
    static boolean isIn(Rule rule, BitSet reached, Schema row) {
        return switch (row.type()) {
            case STRUCT -> row.fields().stream().anyMatch(field -> isAt(rule, reached, field));
            // Only the value has the names.
            case MAP -> !reached.isEmpty();
            default -> false;
        };
    }

    private static boolean isAt(Rule rule, BitSet reached, Field field) {
        BitSet here = rule.columns().step(reached, field.name());
        return rule.columns().accepts(here) || isBelow(rule, here, field.schema());
    }

    private static boolean isBelow(Rule rule, BitSet here, Schema schema) {
        return switch (schema.type()) {
            case ARRAY -> isBelow(rule, here, schema.valueSchema());
            case STRUCT, MAP -> isIn(rule, here, schema);
            default -> false;
        };
    }

    /** The same for a row without a schema. What is null now can have parts at another time. */
    static boolean isIn(Rule rule, BitSet reached, Map<?, ?> row) {
        return row.entrySet().stream().anyMatch(column -> {
            BitSet here = rule.columns().step(reached, String.valueOf(column.getKey()));
            boolean canHaveParts = column.getValue() == null
                    || column.getValue() instanceof Map
                    || column.getValue() instanceof List
                    || column.getValue() instanceof org.apache.kafka.connect.data.Struct;
            return rule.columns().accepts(here) || (canHaveParts && !here.isEmpty());
        });
    }

    /** The names of the columns, for messages. */
    static Set<String> columns(Schema row) {
        Set<String> names = new TreeSet<>();
        if (row.type() == Schema.Type.STRUCT) {
            row.fields().forEach(field -> names.add(field.name()));
        }
        return names;
    }
}
