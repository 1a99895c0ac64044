// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import dev.tributary.transforms.event.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Masks values without a schema, such as the maps of a converter without schemas. Not thread-safe. */
public final class SchemalessMasker {

    private static final List<String> ROWS = List.of("before", "after");

    private final Rules rules;
    private final Actions actions;
    private final Plans plans;
    private final RuleWatch watch;

    SchemalessMasker(Rules rules, Actions actions, Plans plans, RuleWatch watch) {
        this.watch = watch;
        this.rules = rules;
        this.actions = actions;
        this.plans = plans;
    }

    /** The envelope of a change event with masked rows; the same map if nothing in them is masked. */
    public Map<?, ?> event(Map<?, ?> event, TableName table) {
        Map<Object, @Nullable Object> masked = null;
        for (String part : ROWS) {
            Object row = event.get(part);
            Object maskedRow = row instanceof Map<?, ?> map
                    ? row(map, table)
                    : row instanceof Struct struct
                            ? plans.ofRow(struct.schema(), table).of(struct)
                            : row;
            if (maskedRow != row) {
                masked = masked == null ? new LinkedHashMap<>(event) : masked;
                masked.put(part, maskedRow);
            }
        }
        return masked == null ? event : masked;
    }

    /** The masked row; the same map if nothing in it is masked. */
    public Map<?, ?> row(Map<?, ?> row, TableName table) {
        watch.sees(table, row);
        return map(row, rules.of(table), new ValueLocation(table, "", false));
    }

    /**
     * The masked key; the same map if nothing in it is masked.
     *
     * @throws org.apache.kafka.connect.errors.DataException if a rule would make different keys equal or equal keys
     *     different
     */
    public Map<?, ?> key(Map<?, ?> key, TableName table) {
        return map(key, rules.of(table), new ValueLocation(table, "", true));
    }

    private Map<?, ?> map(Map<?, ?> map, Place place, ValueLocation location) {
        Map<Object, @Nullable Object> masked = null;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = String.valueOf(entry.getKey());
            Object value = entry.getValue();
            Object result = of(value, place.below(name), location.inKey() ? location.below(name) : location);
            if (result != value) {
                masked = masked == null ? new LinkedHashMap<>(map) : masked;
                masked.put(entry.getKey(), result);
            }
        }
        return masked == null ? map : masked;
    }

    private @Nullable Object of(@Nullable Object value, Place place, ValueLocation location) {
        if (value == null || place.matchesNothing()) {
            return value;
        }
        boolean hasParts = value instanceof Map || value instanceof List || value instanceof Struct;
        if (hasParts && isNulledThroughout(value, place)) {
            location.check(place, false);
            return null;
        }
        if (value instanceof Map<?, ?> map) {
            return map(map, place, location);
        }
        if (value instanceof List<?> list) {
            return list(list, place, location);
        }
        if (value instanceof Struct struct) {
            return plans.of(struct.schema(), place, location).of(struct);
        }
        return single(value, place, location);
    }

    /** Whether no rule makes an exception for a part of the value. */
    private static boolean isNulledThroughout(Object value, Place place) {
        if (place.isNulled()) {
            return true;
        }
        Action action = place.action();
        if (action == null || !action.is(Action.Kind.NULL)) {
            return false;
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .allMatch(entry -> entry.getValue() == null
                            || isNulledThroughout(entry.getValue(), place.below(String.valueOf(entry.getKey()))));
        }
        if (value instanceof List<?> list) {
            return list.stream().allMatch(element -> element == null || isNulledThroughout(element, place));
        }
        return !(value instanceof Struct) && !(value instanceof String && place.document() != null);
    }

    private List<?> list(List<?> list, Place place, ValueLocation location) {
        Action action = place.action();
        List<?> placeholder = action != null && action.makesText() ? actions.placeholder(list) : null;
        if (placeholder != null) {
            return placeholder;
        }
        List<@Nullable Object> masked = null;
        for (int i = 0; i < list.size(); i++) {
            Object element = list.get(i);
            Object result = of(element, place, location);
            if (result != element) {
                masked = masked == null ? new ArrayList<>(list) : masked;
                masked.set(i, result);
            }
        }
        return masked == null ? list : masked;
    }

    private @Nullable Object single(Object value, Place place, ValueLocation location) {
        Action action = place.action();
        Place document = place.document();
        if (document != null && value instanceof String text) {
            location.check(place, true);
            return plans.document(text, place, document, null);
        }
        if (action == null || action.is(Action.Kind.KEEP)) {
            return value;
        }
        location.check(place, false);
        return actions.of(action, value);
    }
}
