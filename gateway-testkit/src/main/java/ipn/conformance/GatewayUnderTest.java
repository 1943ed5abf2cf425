package ipn.conformance;

import ipn.gateway.Delivery;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.content.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a gateway brings to the contract: accounts, authentic samples, and a way to play the gateway itself. Found by
 * {@code ServiceLoader} in the tests. How a gateway signs is said by the interfaces inside, which may be combined.
 */
public interface GatewayUnderTest {
    /** When the samples were signed. */
    Instant SIGNED_AT = Instant.ofEpochSecond(1_788_264_000);

    /** A time after all events of the samples. */
    Instant RECEIVED_AT = Instant.parse("2026-11-01T00:00:00Z");

    /** As {@link Gateway#name()}. */
    String name();

    /** A test account that believes the samples. */
    GatewayAccount account();

    /** An account with the credentials of {@link #account()}, for live money; empty if samples do not contain the mode. */
    Optional<GatewayAccount> liveAccount();

    /**
     * An account to which somebody else's notifications come: what {@link #account()} believes is not authentic there, or,
     * where the gateway vouches for the notifications of all its merchants, refused for its receiver.
     */
    GatewayAccount strangersAccount();

    /** Every secret of {@link #account()} as it is configured; none where the account has none. */
    List<String> secrets();

    /** Samples; those made to be understood say what has to come of them. */
    List<Sample> samples();

    /**
     * A delivery as the gateway itself would make it now.
     *
     * @param content what is said, see {@link #content}
     */
    Delivery authentic(Bytes content, Instant now);

    /** What a delivery says, without its signature and its packing: the body, unless the gateway packs or signs within it. */
    default Bytes content(Delivery delivery) {
        return delivery.body();
    }

    /** When a sample was signed, where the gateway signs a time that stands in the body. */
    default Instant signedAt(Sample sample) {
        return SIGNED_AT;
    }

    /** Which bytes of a sample's body are signed, by index: all, unless the gateway signs less. */
    default BitSet signed(Sample sample) {
        var all = new BitSet();
        all.set(0, sample.delivery().body().size());
        return all;
    }

    /** Names of the headers, lower case, without any one of which nothing is authentic; none where the gateway is asked. */
    Set<String> proofHeaders();

    /** Those of them that may stand several times, as during a rotation. */
    default Set<String> repeatableProofs() {
        return Set.of();
    }

    /** What is authentic and makes no sense, as content, by the reason for which it has to be refused. */
    List<SenselessBody> senselessBodies();

    /** A gateway that shares a secret with us. */
    interface Signing extends GatewayUnderTest {
        /** An account where the secret of {@link #account()} has a successor and counts until then. */
        GatewayAccount accountWhereOldSecretEnds(Instant until);
    }

    /** A gateway whose signature stands in a header. */
    interface InHeader extends GatewayUnderTest {
        /** The header that carries the signature, lower case. */
        String signatureHeader();
    }

    /** A gateway that signs the time in whole seconds. */
    interface Timed extends GatewayUnderTest {
        /** How far the signed time may lie in the past, and in the future. */
        default Duration tolerance() {
            return Duration.ofSeconds(300);
        }
    }

    /** Something authentic that has to be refused. */
    record SenselessBody(String name, Bytes body, ipn.topics.Reason reason) {
        @Override
        public String toString() {
            return name;
        }
    }
}
