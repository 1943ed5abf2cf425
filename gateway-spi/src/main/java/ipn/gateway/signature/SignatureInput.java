package ipn.gateway.signature;

import ipn.gateway.Verdict;
import ipn.gateway.content.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The signature claim of a delivery. A gateway only extracts it; {@link SignatureAuthenticator} verifies it. */
public sealed interface SignatureInput {
    /**
     * The delivery claims to be signed.
     *
     * @param signedAt by the gateway's clock, and part of the signed bytes; empty if the gateway signs no time
     * @param parts the signed bytes, in order
     * @param candidates signatures, at least one of which must be valid
     */
    record Present(Optional<Instant> signedAt, List<Bytes> parts, List<Candidate> candidates)
            implements SignatureInput {
        public Present {
            parts = List.copyOf(parts);
            candidates = List.copyOf(candidates);
        }

        /** A claim with a signed time. */
        public static Present at(Instant signedAt, List<Bytes> parts, List<Candidate> candidates) {
            return new Present(Optional.of(signedAt), parts, candidates);
        }

        /** A signature without a time: only the event id reveals a replay. */
        public static Present timeless(List<Bytes> parts, List<Candidate> candidates) {
            return new Present(Optional.empty(), parts, candidates);
        }
    }

    /** The delivery contains no claim that can be verified. */
    record Absent(Verdict.Reason reason) implements SignatureInput {}

    /**
     * One signature.
     *
     * @param version the scheme that it claims; only keys of the same version are tried
     */
    record Candidate(String version, Bytes signature) {}
}
