package ipn.conformance;

import ipn.gateway.Delivery;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Reverification;
import ipn.gateway.content.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The data that the contract tests need for a gateway: accounts, authentic samples, and a method that creates deliveries as the
 * gateway does. {@code ServiceLoader} finds it in the tests. The nested interfaces describe how the gateway signs; an
 * implementation may combine them.
 */
public interface GatewayUnderTest {
    /** The time when the samples were signed. */
    Instant SIGNED_AT = Instant.ofEpochSecond(1_788_264_000);

    /** A time after all events of the samples. */
    Instant RECEIVED_AT = Instant.parse("2026-11-01T00:00:00Z");

    /** As {@link Gateway#name()}. */
    String name();

    /** A test account for which the samples are authentic. */
    GatewayAccount account();

    /** An account with the credentials of {@link #account()}, for live money; empty if samples do not contain the mode. */
    Optional<GatewayAccount> liveAccount();

    /**
     * The account of another merchant. Deliveries that are authentic for {@link #account()} are not authentic for it, or, if the
     * gateway signs the notifications of all merchants with one key, are refused because of their receiver.
     */
    GatewayAccount otherMerchantsAccount();

    /** Every secret of {@link #account()} as configured; empty if the account has no secrets. */
    List<String> secrets();

    /** The samples, with the expected translation of those that have one. */
    List<Sample> samples();

    /**
     * Creates an authentic delivery, as the gateway would send it now.
     *
     * @param content the content, see {@link #content}
     */
    Delivery authentic(Bytes content, Instant now);

    /** The content of a delivery, without signature and encoding: the body, unless the gateway encodes or signs within it. */
    default Bytes content(Delivery delivery) {
        return delivery.body();
    }

    /** The time when a sample was signed. Override it if the signed time is in the body. */
    default Instant signedAt(Sample sample) {
        return SIGNED_AT;
    }

    /** The indexes of the signed bytes of a sample's body: by default all. */
    default BitSet signed(Sample sample) {
        var all = new BitSet();
        all.set(0, sample.delivery().body().size());
        return all;
    }

    /**
     * Names, in lower case, of the headers that every authentic delivery must have; empty if authenticity is verified by a query to
     * the gateway.
     */
    Set<String> proofHeaders();

    /** The {@link #proofHeaders()} that may be repeated, for example during a rotation. */
    default Set<String> repeatableProofs() {
        return Set.of();
    }

    /** Why a sample that was stored cannot be verified again; empty if what is stored proves it. */
    default Optional<Reverification.Cause> notVerifiable(Sample sample) {
        return Optional.empty();
    }

    /** Content that is authentic but invalid, with the reason of the expected refusal. */
    List<SenselessBody> senselessBodies();

    /** A gateway that shares a secret with us. */
    interface Signing extends GatewayUnderTest {
        /** An account with a new secret, for which the secret of {@link #account()} is valid until the given time. */
        GatewayAccount accountWhereOldSecretEnds(Instant until);
    }

    /** A gateway that sends its signature in a header. */
    interface InHeader extends GatewayUnderTest {
        /** The header with the signature, in lower case. */
        String signatureHeader();
    }

    /** A gateway that signs the time in whole seconds. */
    interface Timed extends GatewayUnderTest {
        /** How far the signed time may be in the past or in the future. */
        default Duration tolerance() {
            return Duration.ofSeconds(300);
        }
    }

    /** Authentic content that must be refused. */
    record SenselessBody(String name, Bytes body, ipn.topics.Reason reason) {
        @Override
        public String toString() {
            return name;
        }
    }
}
