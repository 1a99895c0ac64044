// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import dev.tributary.transforms.event.BoundedMap;
import dev.tributary.transforms.event.Canonical;
import dev.tributary.transforms.event.SchemaCache;
import dev.tributary.transforms.event.Schemas;
import dev.tributary.transforms.event.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/** Creates plans, once per schema and table. Not thread-safe. */
public final class Plans {

    /** Of one schema, for each table whose rows have it, or for the keys of a map. */
    private static final int PLANS = 500;

    private static final List<String> ROWS = List.of("before", "after");

    private final Rules rules;
    private final Actions actions;
    private final RuleWatch watch;
    private final DocumentMasker documents;
    private final PlanCache events = new PlanCache(this::event);
    private final PlanCache rows = new PlanCache(this::row);
    private final PlanCache keys = new PlanCache((schema, table) -> row(schema, new ValueLocation(table, "", true)));

    Plans(Rules rules, Actions actions, RuleWatch watch) {
        this.rules = rules;
        this.actions = actions;
        this.watch = watch;
        this.documents = new DocumentMasker(actions);
    }

    /** The plan for the envelopes of change events. */
    public Plan ofEvent(Schema schema, TableName table) {
        return events.get(schema, table);
    }

    /** The plan for rows without an envelope. */
    public Plan ofRow(Schema schema, TableName table) {
        return rows.get(schema, table);
    }

    /**
     * The plan for record keys.
     *
     * @throws org.apache.kafka.connect.errors.DataException if a rule would make different keys equal or equal keys
     *     different
     */
    public Plan ofKey(Schema schema, TableName table) {
        return keys.get(schema, table);
    }

    private Plan event(Schema schema, TableName table) {
        // Both rows share one plan: they have the same schema, and mostly the same values.
        return struct(
                schema,
                field -> ROWS.contains(field.name()) ? ofRow(field.schema(), table) : Plan.untouched(field.schema()));
    }

    private Plan row(Schema schema, TableName table) {
        watch.sees(table, schema);
        return row(schema, new ValueLocation(table, "", false));
    }

    private Plan row(Schema schema, ValueLocation location) {
        return switch (schema.type()) {
            case STRUCT, MAP -> fields(schema, rules.of(location.table()), location);
            default -> Plan.untouched(schema);
        };
    }

    /** The plan for values of the schema at the place. */
    Plan of(Schema schema, Place place, ValueLocation location) {
        if (place.matchesNothing()) {
            return Plan.untouched(schema);
        }
        if (isSingle(schema)) {
            return single(schema, place, location);
        }
        if (isNulledThroughout(schema, place)) {
            location.check(place, false);
            return nulled(schema);
        }
        if (schema.type() == Schema.Type.ARRAY) {
            return array(schema, place, location);
        }
        Plan parts = fields(schema, place, location);
        return schema.type() == Schema.Type.MAP && isNulled(place) ? nulledByKeys(schema, place, parts) : parts;
    }

    /** Only the keys of a value show whether rules make exceptions for some of them. */
    private static Plan nulledByKeys(Schema map, Place place, Plan parts) {
        Schema values = map.valueSchema();
        return new Plan(
                Schemas.optional(parts.schema()),
                value -> ((Map<?, ?>) value)
                                .keySet().stream()
                                        .allMatch(key -> isNulledThroughout(values, place.below(String.valueOf(key))))
                        ? null
                        : parts.of(value));
    }

    private static boolean isNulled(Place place) {
        Action action = place.action();
        return action != null && action.is(Action.Kind.NULL);
    }

    private static boolean isSingle(Schema schema) {
        return switch (schema.type()) {
            case STRUCT -> Canonical.ScaledNumber.is(schema);
            case ARRAY, MAP -> false;
            default -> true;
        };
    }

    /** Whether no rule makes an exception for a part of the value. */
    private static boolean isNulledThroughout(Schema schema, Place place) {
        if (place.isNulled()) {
            return true;
        }
        if (!isNulled(place)) {
            return false;
        }
        return switch (schema.type()) {
            case STRUCT ->
                schema.fields().stream()
                        .allMatch(field -> isNulledThroughout(field.schema(), place.below(field.name())));
            case ARRAY -> isNulledThroughout(schema.valueSchema(), place);
            case MAP -> false;
            case STRING -> place.document() == null;
            default -> true;
        };
    }

    private Plan fields(Schema schema, Place place, ValueLocation location) {
        return schema.type() == Schema.Type.MAP
                ? map(schema, place, location)
                : struct(schema, field -> of(field.schema(), place.below(field.name()), location.below(field.name())));
    }

    private static Plan nulled(Schema schema) {
        return new Plan(Schemas.optional(schema), value -> null);
    }

    private Plan single(Schema schema, Place place, ValueLocation location) {
        Place document = schema.type() == Schema.Type.STRING ? place.document() : null;
        Action action = place.action();
        if (document == null && (action == null || action.is(Action.Kind.KEEP))) {
            return Plan.untouched(schema);
        }
        location.check(place, document != null);
        if (document != null) {
            return new Plan(
                    isNulled(place) ? Schemas.optional(schema) : Schemas.withoutDefault(schema),
                    value -> document((String) value, place, document, schema.name()));
        }
        if (action == null || action.is(Action.Kind.NULL)) {
            return nulled(schema);
        }
        boolean becomesPlainText =
                action.makesText() || (action.is(Action.Kind.TRUNCATE) && schema.type() == Schema.Type.STRING);
        return new Plan(
                becomesPlainText ? plainText(schema) : Schemas.withoutDefault(schema), actions.of(action, schema));
    }

    /** Without the name, which promises a format, and without parameters, which may reveal a length. */
    private static Schema plainText(Schema like) {
        boolean isPlain = like.type() == Schema.Type.STRING
                && like.name() == null
                && like.version() == null
                && like.defaultValue() == null
                && (like.parameters() == null || like.parameters().isEmpty());
        if (isPlain) {
            return like;
        }
        SchemaBuilder builder = SchemaBuilder.string().doc(like.doc());
        return like.isOptional() ? builder.optional().build() : builder.build();
    }

    /** Masks a text that rules look into. */
    @Nullable
    Object document(String text, Place place, Place document, @Nullable String schemaName) {
        if (text.isBlank() || actions.isPlaceholder(text)) {
            return text;
        }
        String masked = documents.masked(text, document);
        return masked == null ? actions.ofInvalidDocument(place.action(), text, schemaName) : masked;
    }

    private Plan array(Schema schema, Place place, ValueLocation location) {
        Plan elements = of(schema.valueSchema(), place, location);
        if (!elements.touches()) {
            return Plan.untouched(schema);
        }
        boolean numbersBecomeTexts = elements.schema().type() == Schema.Type.STRING
                && schema.valueSchema().type() != Schema.Type.STRING;
        return new Plan(
                elements.schema() == schema.valueSchema()
                        ? Schemas.withoutDefault(schema)
                        : Schemas.array(schema, elements.schema()),
                value -> {
                    List<?> list = (List<?>) value;
                    List<Object> placeholder = numbersBecomeTexts ? actions.placeholder(list) : null;
                    return placeholder == null ? elements(list, elements) : placeholder;
                });
    }

    private static List<@Nullable Object> elements(List<?> list, Plan plan) {
        List<@Nullable Object> masked = new ArrayList<>(list.size());
        list.forEach(element -> masked.add(plan.of(element)));
        return masked;
    }

    private Plan map(Schema schema, Place place, ValueLocation location) {
        Schema values = schema.valueSchema();
        Plan others = of(values, place.belowOthers(), location.below("*"));
        if (place.isUniformBelow() && !others.touches()) {
            return Plan.untouched(schema);
        }
        BoundedMap<Place, Plan> plans = new BoundedMap<>(key -> 1, PLANS);
        return new Plan(
                others.schema() == values ? Schemas.withoutDefault(schema) : Schemas.map(schema, others.schema()),
                value -> {
                    Map<Object, @Nullable Object> masked = new LinkedHashMap<>();
                    ((Map<?, ?>) value).forEach((key, entry) -> {
                        Place below = place.below(String.valueOf(key));
                        Plan plan = plans.computeIfAbsent(below, of -> of(values, of, location.below("*")));
                        if (!plan.schema().equals(others.schema())) {
                            throw location.valuesDiffer();
                        }
                        masked.put(key, plan.of(entry));
                    });
                    return masked;
                });
    }

    private static Plan struct(Schema schema, Function<Field, Plan> planner) {
        List<Plan> plans = schema.fields().stream().map(planner).toList();
        if (plans.stream().noneMatch(Plan::touches)) {
            return Plan.untouched(schema);
        }
        StructMask mask = new StructMask(schema, plans);
        return new Plan(mask.schema(), mask);
    }

    /** Plans by schema, and for each schema by the tables whose rows have it: usually one. */
    private static final class PlanCache {

        private final BiFunction<Schema, TableName, Plan> maker;
        private final SchemaCache<BoundedMap<TableName, Plan>> plans =
                new SchemaCache<>(schema -> new BoundedMap<>(key -> 1, PLANS));

        PlanCache(BiFunction<Schema, TableName, Plan> maker) {
            this.maker = maker;
        }

        Plan get(Schema schema, TableName table) {
            BoundedMap<TableName, Plan> ofSchema = plans.get(schema);
            Plan plan = ofSchema.get(table);
            if (plan == null) {
                plan = maker.apply(schema, table);
                ofSchema.put(table, plan);
            }
            return plan;
        }
    }
}
