package ipn.evidence;

import java.util.Locale;

/** A kind of proof; what is counted is test cases. */
public enum Proof {
    VECTORS("published signatures, or recorded ones, are genuine"),
    SDK("the vendor's own library signs and checks as we do"),
    TAMPERING("what was changed in body, proof or receiver is no longer believed"),
    ROTATION("an old secret counts until its end, and no longer"),
    SKEW("a signed time may be off as far as is said, and no further"),
    NOISE("what is damaged or senseless is answered with a reason, never with a crash"),
    SAMPLES("samples mean what the gateway says they mean"),
    PERMUTATIONS("one state of each payment, whatever the order and the repetitions of its notifications");

    private final String meaning;

    Proof(String meaning) {
        this.meaning = meaning;
    }

    /** What is true where all its cases pass. */
    public String meaning() {
        return meaning;
    }

    /** As written in reports and tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
