package ipn.evidence;

import java.util.Locale;

/** A kind of proof; what is counted is test cases. */
public enum Proof {
    /** Published signatures, or recorded ones, are genuine. */
    VECTORS,
    /** The vendor's own library signs and checks as we do. */
    SDK,
    /** Whatever is changed in body, proof or receiver is no longer believed. */
    TAMPERING,
    /** An old secret counts until its end. */
    ROTATION,
    /** A signed time may be off as far as is said, and no further. */
    SKEW,
    /** What is damaged or senseless is answered, by a reason, and never thrown at. */
    NOISE,
    /** Samples mean what the gateway says they mean. */
    SAMPLES,
    /** One state of each payment, whatever the order and the repetitions of what was told. */
    PERMUTATIONS;

    /** As written in reports and tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
