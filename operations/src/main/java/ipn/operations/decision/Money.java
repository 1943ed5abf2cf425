package ipn.operations.decision;

/** An amount in minor units. */
public record Money(long amount, String currency) {}
