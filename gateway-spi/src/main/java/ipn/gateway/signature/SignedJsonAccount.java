package ipn.gateway.signature;

import ipn.gateway.AccountId;
import ipn.gateway.Acknowledgement;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Reverification;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.gateway.content.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * An account of a gateway that posts one event as JSON, signs it with a shared secret, and expects status 200.
 *
 * @param responseTimeout see {@link GatewayAccount#responseTimeout()}
 * @param keptHeaders lower case
 * @param authenticator of deliveries that are received
 * @param storedAuthenticator of deliveries that were stored; another one only if the gateway signs headers that are not stored
 * @param identifier must not throw, see {@link GatewayAccount#identify}
 * @param translator may throw {@link RefusedException}
 */
public record SignedJsonAccount(
        AccountId id,
        Duration responseTimeout,
        Set<String> keptHeaders,
        SignatureAuthenticator authenticator,
        SignatureAuthenticator storedAuthenticator,
        Function<Delivery, Item> identifier,
        Function<Delivery, Translation> translator)
        implements GatewayAccount {

    public SignedJsonAccount {
        keptHeaders = Set.copyOf(keptHeaders);
    }

    /** An account whose stored deliveries contain all that is signed. */
    public SignedJsonAccount(
            AccountId id,
            Duration responseTimeout,
            Set<String> keptHeaders,
            SignatureAuthenticator authenticator,
            Function<Delivery, Item> identifier,
            Function<Delivery, Translation> translator) {
        this(id, responseTimeout, keptHeaders, authenticator, authenticator, identifier, translator);
    }

    @Override
    public Set<String> contentTypes() {
        return Set.of("application/json");
    }

    @Override
    public boolean verifiesOffEventLoop() {
        return false;
    }

    @Override
    public CompletionStage<Verdict> authenticate(Delivery delivery, Instant now) {
        return CompletableFuture.completedFuture(authenticator.judge(delivery, now));
    }

    @Override
    public Reverification reverify(Delivery stored) {
        return Reverification.from(storedAuthenticator.judge(stored, stored.receivedAt()));
    }

    @Override
    public List<Item> identify(Delivery delivery) {
        return List.of(identifier.apply(delivery));
    }

    @Override
    public Translation translate(Delivery delivery, Item item) {
        return Translation.orRefused(() -> translator.apply(delivery));
    }

    @Override
    public Acknowledgement acknowledgement() {
        return Acknowledgement.EMPTY_200;
    }
}
