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

/** The regular expressions of {@code matches}: checked when the condition is, and compiled once. */
final class Patterns {

    /** Patterns may come from columns, so not all can be cached. */
    private static final int MAX_CACHED = 100;

    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    private Patterns() {}

    static boolean find(String text, String regex) {
        Pattern pattern = COMPILED.get(regex);
        if (pattern == null) {
            pattern = Pattern.compile(regex);
            if (COMPILED.size() < MAX_CACHED) {
                COMPILED.put(regex, pattern);
            }
        }
        return pattern.matcher(text).find();
    }

    /** @throws IllegalArgumentException if a pattern that is a constant of the condition is not valid */
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
