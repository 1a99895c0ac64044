// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import io.debezium.connector.postgresql.PostgresValueConverter;
import io.debezium.connector.postgresql.TypeRegistry;
import io.debezium.connector.postgresql.connection.PostgresDefaultValueConverter;
import io.debezium.relational.Column;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.jdbc.TimestampUtils;

/**
 * Defaults of columns, as they become part of a schema, with Debezium's errors corrected.
 *
 * <p>Debezium knows only the enums that existed when the connector started, does not undo the doubled quotes in their
 * labels, and takes the first text constant of an expression for its value.
 */
final class CaptureDefaults extends PostgresDefaultValueConverter {

    private static final Pattern CONSTANT = Pattern.compile("\\(*B?'((?:[^']|'')*)'");

    /** As in {@code numeric(5,-2)}. */
    private static final Pattern NEGATIVE_SCALE = Pattern.compile("\\(\\d+,'?-\\d+(?:'::integer)?\\)");

    private static final Pattern QUOTED_NAME = Pattern.compile("\"(?:[^\"]|\"\")*\"");

    /** What may follow a constant: casts and closing parentheses, but no operator and no other constant. */
    private static final Pattern CASTS = Pattern.compile("[\\w\\s.,:\\[\\]()]*", Pattern.UNICODE_CHARACTER_CLASS);

    /** What Debezium takes for the call of a function; it then uses a placeholder. */
    private static final Pattern CALL = Pattern.compile("^[(]?[A-Za-z0-9_.]+\\(");

    private final TypeRegistry types;

    CaptureDefaults(PostgresValueConverter values, TimestampUtils timestamps, TypeRegistry types) {
        super(values, timestamps, types);
        this.types = types;
    }

    @Override
    public Optional<Object> parseDefaultValue(Column column, String expression) {
        if (expression == null || !expression.contains("'")) {
            return super.parseDefaultValue(column, expression);
        }
        Matcher constant = CONSTANT.matcher(expression.strip());
        boolean isConstant = constant.lookingAt() && isCasts(expression.strip().substring(constant.end()));
        if (types.get(column.nativeType()).isEnumType()) {
            return isConstant ? Optional.of(constant.group(1).replace("''", "'")) : Optional.empty();
        }
        return isConstant || CALL.matcher(expression).find()
                ? super.parseDefaultValue(column, expression)
                : Optional.empty();
    }

    private static boolean isCasts(String text) {
        String casts =
                QUOTED_NAME.matcher(NEGATIVE_SCALE.matcher(text).replaceAll("")).replaceAll("");
        return CASTS.matcher(casts).matches();
    }
}
