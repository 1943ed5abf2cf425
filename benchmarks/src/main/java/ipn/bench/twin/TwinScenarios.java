package ipn.bench.twin;

import ipn.bench.load.MixedScenarios;
import ipn.bench.load.Scenario;
import ipn.bench.load.Scenarios;
import java.time.Instant;
import java.util.List;

/**
 * The scenarios that both systems handle: posts and paid months without orders, at gateways that the twin knows. Left out are other gateways, and the refund of
 * a paid month, which names only the payment and not the invoice.
 */
final class TwinScenarios {
    /** Kinds of {@link MixedScenarios}: 0 to 12 Stripe, 13 and 14 Razorpay, 18 and 19 Standard Webhooks. */
    private static final List<Integer> KINDS = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 18, 19);

    private static final int ALL_KINDS = 20;

    private final MixedScenarios scenarios;

    /**
     * @param tag part of every id, so that rounds do not share ids
     * @param start the time of the first events
     */
    TwinScenarios(String tag, Instant start) {
        scenarios = new MixedScenarios(new Scenarios(tag, start).withoutOrders());
    }

    Scenario scenario(int number) {
        return scenarios.scenario(number / KINDS.size() * ALL_KINDS + KINDS.get(number % KINDS.size()));
    }
}
