package ipn.bench.eventloop;

import ipn.gateway.AccountId;
import ipn.gateway.Acknowledgement;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Reverification;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An account whose signatures are verified on the event loop, however slow that is. The ingress must not work so; the benchmark
 * uses it for comparison.
 *
 * @param delay additional computing time of one verification in a hundred
 */
record EventLoopVerification(GatewayAccount account, Duration delay, AtomicLong verified) implements GatewayAccount {
    private static final int DELAYED_EVERY = 100;

    EventLoopVerification(GatewayAccount account, Duration delay) {
        this(account, delay, new AtomicLong());
    }

    @Override
    public boolean verifiesOffEventLoop() {
        return false;
    }

    @Override
    public CompletionStage<Verdict> authenticate(Delivery delivery, Instant now) {
        if (verified.incrementAndGet() % DELAYED_EVERY == 0) {
            var until = System.nanoTime() + delay.toNanos();
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        }
        return account.authenticate(delivery, now);
    }

    @Override
    public AccountId id() {
        return account.id();
    }

    @Override
    public Set<String> contentTypes() {
        return account.contentTypes();
    }

    @Override
    public Set<String> keptHeaders() {
        return account.keptHeaders();
    }

    @Override
    public List<Item> identify(Delivery delivery) {
        return account.identify(delivery);
    }

    @Override
    public Translation translate(Delivery delivery, Item item) {
        return account.translate(delivery, item);
    }

    @Override
    public Reverification reverify(Delivery stored) {
        return account.reverify(stored);
    }

    @Override
    public Acknowledgement acknowledgement() {
        return account.acknowledgement();
    }
}
