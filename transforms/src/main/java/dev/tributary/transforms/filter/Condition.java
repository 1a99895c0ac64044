// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.filter;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import dev.cel.runtime.Program;
import java.util.List;

/**
 * A condition on change events, in the Common Expression Language: {@code op == 'u' && after.status == 'paid'}.
 *
 * <p>It has no loops but over lists and maps, whose steps are counted, no access to anything but the event, and regular
 * expressions that take linear time: whoever may configure a connector cannot hang or open its worker with it.
 *
 * <p>Source: the language definition at github.com/cel-expr/cel-spec.
 */
public final class Condition {

    /** What a condition can name, in the order of the documentation. */
    static final List<String> VARIABLES = List.of("op", "before", "after", "source", "key", "headers");

    private static final String NAME = "condition";

    private static final CelOptions OPTIONS = CelOptions.current()
            // A column's type is known when the row comes: 100 has to go with a double, too.
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(10_000)
            .maxExpressionCodePointSize(10_000)
            .maxParseRecursionDepth(50)
            .build();

    private static final CelType NAMED_VALUES = MapType.create(SimpleType.STRING, SimpleType.DYN);

    // Both take most of a second to come into being, once in a worker.
    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("op", SimpleType.STRING)
            // Of any type, since a map could not be compared with null.
            .addVar("before", SimpleType.DYN)
            .addVar("after", SimpleType.DYN)
            .addVar("key", SimpleType.DYN)
            .addVar("source", NAMED_VALUES)
            .addVar("headers", NAMED_VALUES)
            .setResultType(SimpleType.BOOL)
            .build();

    private static final CelRuntime RUNTIME = CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .setStandardFunctions(CelStandardFunctions.newBuilder()
                    .excludeFunctions(StandardFunction.MATCHES)
                    .build())
            .addFunctionBindings(CelFunctionBinding.fromOverloads(
                    "matches",
                    CelFunctionBinding.from("matches", String.class, String.class, Patterns::find),
                    CelFunctionBinding.from("matches_string", String.class, String.class, Patterns::find)))
            .build();

    private final Program program;

    private Condition(Program program) {
        this.program = program;
    }

    /** @throws IllegalArgumentException if it is none, with the place and what is known */
    public static Condition compile(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("must not be empty; known are " + known());
        }
        try {
            CelValidationResult result = COMPILER.compile(text, NAME);
            if (result.hasError()) {
                throw invalid(result.getErrors().get(0));
            }
            CelAbstractSyntaxTree tree = result.getAst();
            Patterns.check(tree);
            return new Condition(RUNTIME.createProgram(tree));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Whether it holds for an event.
     *
     * @throws EvaluationException if that cannot be told
     */
    public boolean holds(EventVariables event) {
        Object result;
        try {
            result = program.eval(event);
        } catch (CelEvaluationException e) {
            throw EvaluationException.of(e);
        }
        if (result instanceof Boolean truth) {
            return truth;
        }
        throw new EvaluationException("it is neither true nor false");
    }

    private static IllegalArgumentException invalid(CelIssue issue) {
        String message = issue.getMessage();
        // A parser lists all that could stand there, which is nearly everything.
        int expecting = message.indexOf(" expecting {");
        return invalid(issue.getSourceLocation(), expecting < 0 ? message : message.substring(0, expecting));
    }

    static IllegalArgumentException invalid(CelSourceLocation at, String message) {
        String place = at.getLine() < 0 ? "" : "line " + at.getLine() + ", column " + (at.getColumn() + 1) + ": ";
        return new IllegalArgumentException(place + message + "; known are " + known());
    }

    private static String known() {
        return String.join(", ", VARIABLES) + ", and a column is after.name or before.name";
    }
}
