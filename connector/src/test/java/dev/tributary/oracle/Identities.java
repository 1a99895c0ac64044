// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the identity of a Java object where Debezium writes one into a record.
 *
 * <p>With {@code provide.transaction.metadata}, Debezium stores the position of a logical message within its
 * transaction under {@code LogicalDecodingMessageId.toString()}, which that class does not override. The text differs
 * in each run. Ours stores the identifier instead.
 */
final class Identities {

    private static final Pattern OF_A_MESSAGE =
            Pattern.compile("io\\.debezium\\.[\\w.$]*LogicalDecodingMessageId@[0-9a-f]+");
    private static final String IDENTIFIER = "LOGICAL_DECODING_MESSAGE";

    private Identities() {}

    static @Nullable Object without(@Nullable Object value) {
        return value instanceof String text ? without(text) : value;
    }

    static String without(String text) {
        return text.contains("LogicalDecodingMessageId@")
                ? OF_A_MESSAGE.matcher(text).replaceAll(IDENTIFIER)
                : text;
    }
}
