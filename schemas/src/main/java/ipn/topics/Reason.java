package ipn.topics;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a raw record could not be processed: the closed list of codes in outcomes and dead letters. */
public enum Reason {
    // spotless:off
    MALFORMED           (FailureClass.PERMANENT, "the body is not the JSON or form it should be"),
    TOO_DEEP            (FailureClass.PERMANENT, "the body nests deeper, or is larger inside, than any real notification"),
    DUPLICATE_KEY       (FailureClass.PERMANENT, "a key appears twice, so the body is ambiguous"),
    MISSING_FIELD       (FailureClass.PERMANENT, "a field that the event type must have is missing"),
    INVALID_ID          (FailureClass.PERMANENT, "an id is empty, too long, or has characters no gateway uses"),
    INVALID_AMOUNT      (FailureClass.PERMANENT, "an amount is not a number, negative where it must not be, or out of range"),
    UNKNOWN_CURRENCY    (FailureClass.PERMANENT, "a currency is not an ISO 4217 code the gateway uses"),
    WRONG_EXPONENT      (FailureClass.PERMANENT, "an amount has more decimals than its currency"),
    INVALID_TIME        (FailureClass.PERMANENT, "a time cannot be read"),
    TIME_OUT_OF_RANGE   (FailureClass.PERMANENT, "a time is in the future, or before the gateway existed"),
    WRONG_MODE          (FailureClass.POLICY,    "test money at a live account, or live money at a test account"),
    WRONG_RECEIVER      (FailureClass.POLICY,    "the money was paid to another receiver"),
    WRONG_ACCOUNT       (FailureClass.POLICY,    "the record names an account that is not configured here"),
    NOT_SEALED          (FailureClass.POLICY,    "the record has no seal of the program that must have written it, or was changed since"),
    INVALID_SIGNATURE   (FailureClass.POLICY,    "the stored signature does not fit: the record was forged or changed, or its secret is no longer in the settings"),
    EVENT_ID_COLLISION  (FailureClass.POLICY,    "the same event key had other content before; the first content stays"),
    TOO_MANY_FACTS      (FailureClass.POLICY,    "the payment has more facts than any real payment"),
    TOO_MANY_DECISIONS  (FailureClass.POLICY,    "there are more decisions about one thing than people make; this one does not count"),
    INTERNAL_ERROR      (FailureClass.TRANSIENT, "a bug in this program; the record is kept whole and can be replayed once the bug is fixed");
    // spotless:on

    /** What is needed to process the record after all. */
    public enum FailureClass {
        /** A replay can succeed, now or after a release with a fix. */
        TRANSIENT,
        /** The bytes can never be processed. */
        PERMANENT,
        /** The bytes are valid; a setting or a decision of a person is needed. */
        POLICY;

        /** Its text in the header {@code ipn.dlq.class}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final FailureClass failureClass;
    private final String meaning;

    Reason(FailureClass failureClass, String meaning) {
        this.failureClass = failureClass;
        this.meaning = meaning;
    }

    /** The reason that an outcome or a header names; a code that this version does not know is shown as a bug of ours. */
    public static Reason parse(@Nullable String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.name().equals(code))
                .findFirst()
                .orElse(INTERNAL_ERROR);
    }

    public FailureClass failureClass() {
        return failureClass;
    }

    /** For people. */
    public String meaning() {
        return meaning;
    }
}
