// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An option that hides the values of columns: {@code column.mask.with.*} or {@code column.mask.hash.*}.
 *
 * @param option its name, without the salt, which is a secret
 * @param matches whether it applies to a column, given as {@code schema.table.column}
 */
public record ColumnMask(String option, Predicate<String> matches) {

    private static final Pattern NAME =
            Pattern.compile("column\\.mask\\.(?:with\\.\\d+\\.chars|hash\\.(?:v2\\.)?[^.]+\\.with\\.salt\\..+)");

    static List<ColumnMask> in(Map<String, String> properties) {
        List<ColumnMask> masks = new ArrayList<>();
        new TreeMap<>(properties).forEach((name, columns) -> {
            if (NAME.matcher(name).matches()) {
                masks.add(new ColumnMask(withoutSalt(name), matching(columns)));
            }
        });
        return masks;
    }

    /** The expressions are separated by commas; one within an expression has a backslash in front. */
    private static Predicate<String> matching(String columns) {
        return Stream.of(columns.split("(?<!\\\\),"))
                .map(expression -> expression.replace("\\,", ",").strip())
                .filter(expression -> !expression.isEmpty())
                .map(expression ->
                        Pattern.compile(expression, Pattern.CASE_INSENSITIVE).asMatchPredicate())
                .reduce(column -> false, Predicate::or);
    }

    private static String withoutSalt(String option) {
        String before = ".with.salt.";
        int salt = option.indexOf(before);
        return salt < 0 ? option : option.substring(0, salt + before.length()) + "<salt>";
    }
}
