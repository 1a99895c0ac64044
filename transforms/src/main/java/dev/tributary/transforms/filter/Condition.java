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
 * <p>Its only loops are over lists and maps, whose steps are counted. It can access nothing but the event, and its
 * regular expressions take linear time. So a person who may configure a connector can neither hang its worker with a
 * condition nor break into it.
 *
 * <p>Source: the language definition at github.com/cel-expr/cel-spec.
 */
public final class Condition {

    /** The variables of a condition, in the order of the documentation. */
    static final List<String> VARIABLES = List.of("op", "before", "after", "source", "key", "headers");

    private static final String NAME = "condition";

    private static final CelOptions OPTIONS = CelOptions.current()
            // The type of a column is known only when a row arrives: 100 must be comparable with a double, too.
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(10_000)
            .maxExpressionCodePointSize(10_000)
            .maxParseRecursionDepth(50)
            .build();

    private static final CelType NAMED_VALUES = MapType.create(SimpleType.STRING, SimpleType.DYN);

    // Compiler and runtime take most of a second to create, once per worker.
    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("op", SimpleType.STRING)
            // Of any type, since CEL does not compare a map with null.
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
    private final Patterns patterns = new Patterns();

    private Condition(Program program) {
        this.program = program;
    }

    /**
     * @throws IllegalArgumentException if the text is not a valid condition; the message has the position and the
     *     available names
     */
    public static Condition compile(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("must not be empty; available are " + availableNames());
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
     * Whether the condition is true for an event.
     *
     * @throws EvaluationException if it cannot be evaluated
     */
    public boolean holds(EventVariables event) {
        Object result;
        try {
            result = patterns.during(() -> program.eval(event));
        } catch (CelEvaluationException e) {
            throw EvaluationException.of(e);
        }
        if (result instanceof Boolean truth) {
            return truth;
        }
        throw new EvaluationException("its result is neither true nor false");
    }

    private static IllegalArgumentException invalid(CelIssue issue) {
        String message = issue.getMessage();
        // The parser lists everything it would accept there, which is nearly everything.
        int expecting = message.indexOf(" expecting {");
        return invalid(issue.getSourceLocation(), expecting < 0 ? message : message.substring(0, expecting));
    }

    static IllegalArgumentException invalid(CelSourceLocation at, String message) {
        String place = at.getLine() < 0 ? "" : "line " + at.getLine() + ", column " + (at.getColumn() + 1) + ": ";
        return new IllegalArgumentException(place + message + "; available are " + availableNames());
    }

    private static String availableNames() {
        return String.join(", ", VARIABLES) + ", and columns as after.name or before.name";
    }
}
