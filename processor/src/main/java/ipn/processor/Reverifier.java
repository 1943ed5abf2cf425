package ipn.processor;

import ipn.avro.ReverificationStatus;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Reverification;
import ipn.gateway.Verdict;
import ipn.gateway.content.Bytes;
import ipn.report.ToolRecord;
import ipn.settings.Settings;
import java.util.Optional;

/**
 * Verifies raw records again, from what is stored and the secrets of their account: whoever can write to {@code ipn.raw} but has
 * no secret cannot forge a delivery of a gateway that signs.
 *
 * @param percent of the records that mode {@code sample} verifies
 */
public record Reverifier(Mode mode, int percent) {
    /** Which records are verified again. */
    public enum Mode {
        ALL,
        SAMPLE,
        NONE
    }

    /** Verifies nothing. */
    public static final Reverifier OFF = new Reverifier(Mode.NONE, 0);

    private static final int USUAL_PERCENT = 10;
    private static final int HEX = 16;
    private static final int HEX_DIGITS = 8;

    /**
     * The result for one record.
     *
     * @param failure why the stored proof does not fit; only with {@link ReverificationStatus#FAILED}
     */
    record Check(ReverificationStatus status, Optional<Verdict.Reason> failure) {
        private Check(ReverificationStatus status) {
            this(status, Optional.empty());
        }
    }

    /** Reads {@code processor.reverify} and {@code processor.reverify-percent}. */
    public static Reverifier from(Settings settings) {
        var section = settings.in("processor");
        return new Reverifier(
                section.choice("reverify", Mode.class, Mode.ALL),
                section.integer("reverify-percent", USUAL_PERCENT, 1, 99));
    }

    /** False if the processor can do without the secrets of gateways. */
    public boolean needsSecrets() {
        return mode != Mode.NONE;
    }

    /** Verifies a record of an account again, if it is to be verified. */
    Check check(RawRecord raw, GatewayAccount account) {
        if (mode == Mode.NONE) {
            return new Check(ReverificationStatus.OFF);
        }
        if (mode == Mode.SAMPLE && !isSampled(raw)) {
            return new Check(ReverificationStatus.NOT_SAMPLED);
        }
        if (ToolRecord.in(raw.stored()).isPresent()) {
            return new Check(ReverificationStatus.NOT_VERIFIABLE); // a tool wrote it, and no gateway signed it
        }
        if (raw.stored().isRepaired() && raw.stored().originalBody().isEmpty()) {
            return new Check(ReverificationStatus.FAILED, Optional.of(Verdict.Reason.SIGNATURE_MISSING));
        }
        // the gateway signed the body as it was before a person repaired it
        var signed = raw.stored()
                .originalBody()
                .map(original -> raw.stored().delivery(original, raw.timestamp()))
                .orElseGet(raw::delivery);
        var result = account.reverify(signed);
        if (result instanceof Reverification.Failed failed) {
            return new Check(ReverificationStatus.FAILED, Optional.of(failed.reason()));
        }
        return new Check(
                result instanceof Reverification.Verified
                        ? ReverificationStatus.VERIFIED
                        : ReverificationStatus.NOT_VERIFIABLE);
    }

    /**
     * Decided by the position, so that a record that is read again has the same result. The body does not count: a writer could
     * change it until it is not sampled.
     */
    private boolean isSampled(RawRecord raw) {
        var position =
                "%s-%s@%s".formatted(raw.topic(), Integer.toString(raw.partition()), Long.toString(raw.offset()));
        var hash = Bytes.utf8(position).sha256().substring(0, HEX_DIGITS);
        return Long.parseLong(hash, HEX) % 100 < percent;
    }
}
