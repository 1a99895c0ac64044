// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.filter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The regular expressions of {@code matches}: checked with the condition, and compiled once. */
final class Patterns {

    /** They may come from columns, so not all can be kept. */
    private static final int MOST_KEPT = 100;

    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    private Patterns() {}

    static boolean find(String text, String regex) {
        Pattern pattern = COMPILED.get(regex);
        if (pattern == null) {
            pattern = Pattern.compile(regex);
            if (COMPILED.size() < MOST_KEPT) {
                COMPILED.put(regex, pattern);
            }
        }
        return pattern.matcher(text).find();
    }

    /** @throws IllegalArgumentException if one that is written in the condition is none */
    static void check(CelAbstractSyntaxTree tree) {
        CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(expression -> expression.getKind() == CelExpr.ExprKind.Kind.CALL
                        && expression.call().function().equals("matches"))
                .forEach(call -> check(tree, call.call().args()));
    }

    private static void check(CelAbstractSyntaxTree tree, List<CelExpr> arguments) {
        CelExpr pattern = arguments.get(arguments.size() - 1);
        if (pattern.getKind() != CelExpr.ExprKind.Kind.CONSTANT
                || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            return;
        }
        try {
            Pattern.compile(pattern.constant().stringValue());
        } catch (PatternSyntaxException e) {
            Integer offset = tree.getSource().getPositionsMap().get(pattern.id());
            CelSourceLocation at = offset == null
                    ? CelSourceLocation.NONE
                    : tree.getSource().getOffsetLocation(offset).orElse(CelSourceLocation.NONE);
            throw Condition.invalid(at, String.valueOf(e.getMessage()));
        }
    }
}
