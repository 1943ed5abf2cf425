package ipn.operations.reconcile.report;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a line of a report tells of. */
public enum LineKind {
    // spotless:off
    CAPTURE          (FactClass.CAPTURE,  1,  1),
    /** Part of a capture that was let go again. */
    CAPTURE_REVERSAL (FactClass.CAPTURE, -1, -1),
    REFUND           (FactClass.REFUND,  -1,  1),
    /** A refund that came back, as from a closed bank account. */
    REFUND_REVERSAL  (FactClass.REFUND,   1, -1),
    DISPUTE          (FactClass.DISPUTE, -1,  1),
    DISPUTE_REVERSAL (FactClass.DISPUTE,  1, -1),
    /** Counted only. */
    FEE              (null,               0,  0),
    PAYOUT           (null,               0,  0),
    IGNORE           (null,               0,  0);
    // spotless:on

    /** The facts of payment state that lines are held against. */
    public enum FactClass {
        CAPTURE,
        REFUND,
        DISPUTE;

        /** As people read it. */
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

    /** Empty where no payment is concerned. */
    public Optional<FactClass> factClass() {
        return factClass;
    }

    /** 1 where money comes to us, -1 where it leaves, 0 where either may be. */
    public int direction() {
        return direction;
    }

    /** Whether its amount adds to the fact's (1) or is taken off it (-1). */
    public int effect() {
        return effect;
    }

    /** Whether it can be written as a raw record; what goes back the other way only changes the amount of one. */
    public boolean isInjectable() {
        return this == CAPTURE || this == REFUND;
    }

    /** As it stands in the settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
