package ipn.projector.stream;

import ipn.avro.Cause;
import ipn.avro.MoneyDecision;
import java.util.List;

/**
 * What people decided about a payment key or an order, as nodes pass it on.
 *
 * @param decisions those that count now, sorted by id
 * @param cause the decision that changed them, or that ended
 */
public record DecidedMoney(List<MoneyDecision> decisions, Cause cause) {}
