package ipn.app.canary;

import ipn.app.UserException;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.Accounts;
import ipn.settings.Settings;
import ipn.simulator.Fault;
import ipn.simulator.Ids;
import ipn.simulator.Outgoing;
import ipn.simulator.RandomTokens;
import ipn.simulator.Sample;
import ipn.simulator.Sample.Period;
import ipn.simulator.Sender;
import ipn.simulator.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The reserved account and what it sends: renewals of a few subscriptions of a reserved product. It is an account in mode shadow, of which no money is counted
 * and nothing is given to anybody, or of a deployment with test accounts only. As each renewal replaces the one before, nothing accumulates.
 *
 * @param shadow whether the account is one in mode shadow, whose entitlements are kept apart
 */
public record CanaryAccount(Simulator simulator, boolean shadow) {
    /** Reserved names. */
    public static final String GATEWAY = "standard-webhooks";

    public static final String ACCOUNT = "canary";
    public static final String PRODUCT = "canary";
    public static final String SUBJECT_PREFIX = "ipn-canary-";

    /** So many subscriptions take turns: they are in different partitions. */
    public static final int SLOTS = 16;

    private static final Duration PERIOD = Duration.ofHours(1);
    private static final String CURRENCY = "USD";

    /**
     * The account of the settings. Reads no other secret.
     *
     * @throws UserException if there is none, or one that would give nothing
     */
    public static CanaryAccount from(Settings settings) {
        var accounts = Accounts.from(settings.withoutSecrets());
        var account = accounts.find(GATEWAY, ACCOUNT)
                .orElseThrow(() -> UserException.problem(
                        "gateways.%s.%s: not configured (expected: an account of mode shadow with a secret of its own; see docs/runbooks/canary.md)"
                                .formatted(GATEWAY, ACCOUNT)));
        if (accounts.live() && !account.id().shadow()) {
            throw UserException.problem(
                    "gateways.%s.%s.mode: %s (expected: shadow; in mode live its cent would be money, and test accounts give nothing beside live ones)"
                            .formatted(GATEWAY, ACCOUNT, account.id().live() ? "live" : "test"));
        }
        var section = settings.in("gateways").in(GATEWAY).in(ACCOUNT);
        var simulated = Simulator.find(GATEWAY).orElseThrow();
        var secret = simulated.signingSecret(section);
        settings.problems().throwIfAny();
        return new CanaryAccount(
                new Simulator(simulated, new Sender(account.id(), secret.orElseThrow(), section)),
                account.id().shadow());
    }

    /** The subject of a notification. */
    public static String subject(int slot) {
        return SUBJECT_PREFIX + slot;
    }

    /** The path it is sent to. */
    public String path() {
        return simulator.sender().account().path();
    }

    /**
     * A notification.
     *
     * @param eventKey as the pipeline names it
     */
    public record Notification(Outgoing outgoing, String eventKey, String subject) {}

    /** The next renewal of a subscription. */
    public Notification notification(int slot, Instant now) {
        var payment = ACCOUNT + "-" + slot;
        var event = payment + "-" + RandomTokens.fresh();
        var sample = new Sample(
                new Ids(event, payment, "bill-" + payment, "sub-" + payment),
                Map.of(ReferenceName.SUBJECT, subject(slot), ReferenceName.PRODUCT, PRODUCT),
                new Money(1, CURRENCY),
                now,
                new Period(now, now.plus(PERIOD)));
        var outgoing = simulator.notification("subscription.renewed", sample, Fault.NONE, now);
        return new Notification(outgoing, simulator.sender().account().eventKeyOf(event), subject(slot));
    }
}
