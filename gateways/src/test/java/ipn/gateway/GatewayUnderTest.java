package ipn.gateway;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a gateway brings to the contract: accounts, authentic samples, and a way to play the gateway itself. Found by
 * {@code ServiceLoader} in the tests.
 */
public interface GatewayUnderTest {
    /** When the samples were signed. */
    Instant SIGNED_AT = Instant.ofEpochSecond(1_788_264_000);

    /** After everything the samples tell of. */
    Instant RECEIVED_AT = Instant.parse("2026-11-01T00:00:00Z");

    /** As {@link Gateway#name()}. */
    String name();

    /** A test account that believes the samples. */
    GatewayAccount account();

    /** An account with the credentials of {@link #account()}, for live money; empty where samples do not tell the mode. */
    Optional<GatewayAccount> liveAccount();

    /**
     * An account to which somebody else's notifications come: what {@link #account()} believes is not authentic there, or,
     * where the gateway vouches for the notifications of all its merchants, refused for its receiver.
     */
    GatewayAccount strangersAccount();

    /** Samples; those made to be understood say what has to come of them. */
    List<Sample> samples();

    /** A delivery of this body as the gateway itself would make it now. */
    Delivery authentic(Bytes body, Instant now);

    /** Names of the headers, lower case, without any one of which nothing is authentic; none where the gateway is asked. */
    Set<String> proofHeaders();

    /** Bodies that are authentic and make no sense, by the reason for which they have to be refused. */
    List<SenselessBody> senselessBodies();

    /** A gateway that shares a secret with us and signs the time. */
    interface Signing extends GatewayUnderTest {
        /** An account where the secret of {@link #account()} has a successor and counts until then. */
        GatewayAccount accountWhereOldSecretEnds(Instant until);

        /** The header that carries the signature. */
        String signatureHeader();
    }

    /** Something authentic that has to be refused. */
    record SenselessBody(String name, Bytes body, ipn.topics.Reason reason) {
        @Override
        public String toString() {
            return name;
        }
    }
}
