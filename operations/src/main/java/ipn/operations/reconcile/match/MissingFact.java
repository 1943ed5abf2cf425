package ipn.operations.reconcile.match;

import ipn.operations.reconcile.report.ParsedLine;
import java.util.OptionalLong;

/**
 * A capture or a refund that the report has and payment state does not, so that it can be injected.
 *
 * @param line the first line of the report about it
 * @param amount the sum of all its lines, reversals included, in minor units
 * @param fee the sum of the fees of all its lines; empty if the report has no fee, or a negative one
 */
public record MissingFact(ParsedLine.MoneyLine line, long amount, OptionalLong fee) {}
