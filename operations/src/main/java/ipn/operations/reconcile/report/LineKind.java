package ipn.operations.reconcile.report;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Kinds of report lines. */
public enum LineKind {
    // spotless:off
    CAPTURE          (FactClass.CAPTURE,  1,  1),
    /** Money of a capture that was returned. */
    CAPTURE_REVERSAL (FactClass.CAPTURE, -1, -1),
    REFUND           (FactClass.REFUND,  -1,  1),
    /** A refund that was returned, for example by a closed bank account. */
    REFUND_REVERSAL  (FactClass.REFUND,   1, -1),
    DISPUTE          (FactClass.DISPUTE, -1,  1),
    DISPUTE_REVERSAL (FactClass.DISPUTE,  1, -1),
    /** Lines that are only added up. */
    FEE              (null,               0,  0),
    PAYOUT           (null,               0,  0),
    IGNORE           (null,               0,  0);
    // spotless:on

    /** Kinds of facts of payment state that lines are compared with. */
    public enum FactClass {
        CAPTURE,
        REFUND,
        DISPUTE;

        /** The name in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Optional<FactClass> factClass;
    private final int direction;
    private final int effect;

    LineKind(@Nullable FactClass factClass, int direction, int effect) {
        this.factClass = Optional.ofNullable(factClass);
        this.direction = direction;
        this.effect = effect;
    }

    /** Empty if lines of this kind are about no payment. */
    public Optional<FactClass> factClass() {
        return factClass;
    }

    /** 1 if the merchant receives money, -1 if the merchant pays, 0 if both are possible. */
    public int direction() {
        return direction;
    }

    /** Whether the amount of a line is added to the fact (1) or subtracted from it (-1). */
    public int effect() {
        return effect;
    }

    /** Whether a raw record can be injected for a line. Reversals only change the amount of one. */
    public boolean isInjectable() {
        return this == CAPTURE || this == REFUND;
    }

    /** The name as in the settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
