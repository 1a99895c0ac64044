// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.route;

import dev.tributary.transforms.topic.TopicNameRules;
import java.util.ArrayList;
import java.util.List;

/**
 * The name of a topic with variables in it: {@code ${schema}.${table}}. A {@code $} that begins no variable cannot be
 * written, since it is not legal in a topic's name.
 *
 * @param literals the text before each variable and after the last: one more than there are variables
 */
record TopicTemplate(List<String> literals, List<Variable> variables) {

    TopicTemplate {
        literals = List.copyOf(literals);
        variables = List.copyOf(variables);
    }

    /**
     * @throws IllegalArgumentException if the text is not a template, or can never give a legal name; the message has
     *     the position
     */
    static TopicTemplate parse(String text) {
        List<String> literals = new ArrayList<>();
        List<Variable> variables = new ArrayList<>();
        int at = 0;
        for (int begin = text.indexOf("${"); begin >= 0; begin = text.indexOf("${", at)) {
            literals.add(literal(text, at, begin));
            int end = text.indexOf('}', begin);
            if (end < 0) {
                throw new IllegalArgumentException("the ${ at position " + (begin + 1) + " has no closing }");
            }
            variables.add(variable(text.substring(begin + 2, end), begin + 1));
            at = end + 1;
        }
        literals.add(literal(text, at, text.length()));
        String shortest = String.join("", literals);
        if (variables.isEmpty() || shortest.length() > TopicNameRules.MAX_LENGTH) {
            LegalTopicNames.wholeFault(shortest).ifPresent(fault -> {
                throw new IllegalArgumentException("the name " + fault);
            });
        }
        return new TopicTemplate(literals, variables);
    }

    private static String literal(String text, int from, int to) {
        LegalTopicNames.characterFault(text.substring(from, to)).ifPresent(fault -> {
            throw new IllegalArgumentException("'" + text.substring(from, to) + "', from position " + (from + 1)
                    + ", " + fault + "; a topic's name consists of " + LegalTopicNames.CHARACTERS
                    + " and variables such as ${table}");
        });
        return text.substring(from, to);
    }

    private static Variable variable(String name, int position) {
        try {
            return Variable.parse(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("at position " + position + ", " + e.getMessage(), e);
        }
    }

    /**
     * The name, legal or not.
     *
     * @param values one for each variable
     */
    String fill(String[] values) {
        StringBuilder name = new StringBuilder(literals.get(0));
        for (int i = 0; i < values.length; i++) {
            name.append(values[i]).append(literals.get(i + 1));
        }
        return name.toString();
    }
}
