package ipn.gateway.signature;

import ipn.gateway.Verdict;
import ipn.gateway.content.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a delivery says about its own signature. A gateway only finds it; it is judged in one place. */
public sealed interface SignatureInput {
    /**
     * It claims to be signed.
     *
     * @param signedAt by the gateway's clock, and part of what is signed; empty where the gateway signs no time
     * @param parts what is signed, in order
     * @param candidates signatures, of which one has to be right
     */
    record Present(Optional<Instant> signedAt, List<Bytes> parts, List<Candidate> candidates)
            implements SignatureInput {
        public Present {
            parts = List.copyOf(parts);
            candidates = List.copyOf(candidates);
        }

        /** A claim that says when it was made. */
        public static Present at(Instant signedAt, List<Bytes> parts, List<Candidate> candidates) {
            return new Present(Optional.of(signedAt), parts, candidates);
        }

        /** A signature without a time: only the event id reveals a replay. */
        public static Present timeless(List<Bytes> parts, List<Candidate> candidates) {
            return new Present(Optional.empty(), parts, candidates);
        }
    }

    /** It makes no claim that could be judged. */
    record Absent(Verdict.Reason reason) implements SignatureInput {}

    /**
     * One signature.
     *
     * @param version the scheme it claims; only a key of the same version is asked
     */
    record Candidate(String version, Bytes signature) {}
}
