// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * An option that lists columns.
 *
 * @param option its name, without the salt, which is a secret
 * @param use what it does to the columns
 * @param expressions names, or regular expressions, each for the whole of {@code schema.table.column}
 */
public record ColumnList(String option, Use use, List<String> expressions) {

    private static final Pattern MASK =
            Pattern.compile("column\\.mask\\.(?:with\\.\\d+\\.chars|hash\\.(?:v2\\.)?[^.]+\\.with\\.salt\\..+)");

    private static final Pattern TRUNCATION = Pattern.compile("column\\.truncate\\.to\\.\\d+\\.chars");

    /** What an option does to columns. */
    public enum Use {
        /** It replaces their values, which are texts, by a hash or by asterisks. */
        MASK,
        /** It cuts their values off. */
        TRUNCATE,
        /** It leaves them out. */
        EXCLUDE,
        /** It leaves out all others. */
        INCLUDE,
        /** It makes them the key of the record. */
        KEY,
        /** It has them sent although they are generated from a column that another option hides. */
        ACCEPT
    }

    public ColumnList {
        expressions = List.copyOf(expressions);
    }

    static List<ColumnList> in(Map<String, String> properties) {
        List<ColumnList> lists = new ArrayList<>();
        for (String option : new TreeMap<>(properties).keySet()) {
            if (MASK.matcher(option).matches()) {
                lists.add(of(option, Use.MASK, properties));
            } else if (TRUNCATION.matcher(option).matches()) {
                lists.add(of(option, Use.TRUNCATE, properties));
            } else if (option.equals(OptionNames.COLUMN_EXCLUDE_LIST)) {
                lists.add(of(option, Use.EXCLUDE, properties));
            } else if (option.equals(OptionNames.COLUMN_INCLUDE_LIST)) {
                lists.add(of(option, Use.INCLUDE, properties));
            } else if (option.equals(OptionNames.COLUMN_GENERATED_ACCEPT_LIST)) {
                lists.add(of(option, Use.ACCEPT, properties));
            } else if (option.equals(OptionNames.MESSAGE_KEY_COLUMNS)) {
                lists.add(new ColumnList(option, Use.KEY, keys(properties.getOrDefault(option, ""))));
            }
        }
        return lists.stream().filter(list -> !list.expressions.isEmpty()).toList();
    }

    private static ColumnList of(String option, Use use, Map<String, String> properties) {
        return new ColumnList(withoutSalt(option), use, Selection.list(properties, option));
    }

    /** The entries are {@code table:column,column}, separated by semicolons. */
    private static List<String> keys(String entries) {
        return Stream.of(entries.split(";"))
                .map(entry -> entry.split(":", 2))
                .filter(entry -> entry.length == 2)
                .flatMap(entry -> Stream.of(entry[1].split(",")).map(column -> entry[0].strip() + "." + column.strip()))
                .toList();
    }

    /** Whether it applies to a column, given as {@code schema.table.column}. */
    public Predicate<String> matches() {
        return expressions.stream()
                .map(expression ->
                        Pattern.compile(expression, Pattern.CASE_INSENSITIVE).asMatchPredicate())
                .reduce(column -> false, Predicate::or);
    }

    /** What is no regular expression, as a text for people. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (String expression : expressions) {
            try {
                Pattern.compile(expression);
            } catch (PatternSyntaxException e) {
                problems.add("'" + expression + "' is not a regular expression: " + e.getDescription() + " at position "
                        + e.getIndex());
            }
        }
        return problems;
    }

    private static String withoutSalt(String option) {
        String before = ".with.salt.";
        int salt = option.indexOf(before);
        return salt < 0 ? option : option.substring(0, salt + before.length()) + "<salt>";
    }
}
