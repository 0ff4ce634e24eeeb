package dev.relay.definition.expression;

import org.jspecify.annotations.Nullable;

/**
 * Why an expression can't be used, found before it ever runs.
 *
 * @param offset where in the expression, in characters from its start
 * @param message what was found and what is expected
 * @param suggestion the name that was probably meant
 */
public record ExpressionProblem(int offset, String message, @Nullable String suggestion) {}
