package ipn.evidence;

import java.util.Locale;

/** A kind of conformance test. Its test cases are counted. */
public enum Proof {
    VECTORS("published or recorded signatures are genuine"),
    SDK("the vendor's library produces and accepts the same signatures"),
    TAMPERING("a delivery with a changed body, signature or receiver is not authentic"),
    ROTATION("an old secret is valid until its end, and no longer"),
    SKEW("a signed time may differ from ours by the documented tolerance, and no more"),
    NOISE("damaged or invalid bodies are refused with a reason and never cause an exception"),
    SAMPLES("samples are translated to the expected facts"),
    PERMUTATIONS("the state of each payment is independent of the order and repetition of its notifications");

    private final String meaning;

    Proof(String meaning) {
        this.meaning = meaning;
    }

    /** The property that holds if all test cases of this kind pass. */
    public String meaning() {
        return meaning;
    }

    /** The name in reports and tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
