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
import dev.cel.runtime.CelEvaluationException;
import dev.tributary.transforms.event.BoundedMap;
import java.util.List;

/** The regular expressions of {@code matches}: checked when the condition is, and compiled once. */
final class Patterns {

    /** The functions of a condition are the same for all: those of the one that is evaluated. */
    private static final ThreadLocal<Patterns> CURRENT = new ThreadLocal<>();

    /** Patterns may come from columns, so their number has a bound. */
    private static final int CHARACTERS = 20_000;

    private final BoundedMap<String, Pattern> compiled = new BoundedMap<>(String::length, CHARACTERS);

    /** What is done while a condition is evaluated. */
    interface Evaluation {

        Object evaluate() throws CelEvaluationException;
    }

    /** Evaluates a condition whose patterns these are. */
    Object during(Evaluation evaluation) throws CelEvaluationException {
        CURRENT.set(this);
        try {
            return evaluation.evaluate();
        } finally {
            CURRENT.remove();
        }
    }

    static boolean find(String text, String regex) {
        return CURRENT.get()
                .compiled
                .computeIfAbsent(regex, Pattern::compile)
                .matcher(text)
                .find();
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
