package ipn.topics;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A trace context of W3C, version 00, as the header {@code traceparent} carries it.
 *
 * @param traceId 32 hexadecimal digits, not all zero
 * @param spanId 16 hexadecimal digits, not all zero: the span that what follows has as its parent
 * @param sampled whether the spans of the trace are exported
 */
public record TraceParent(String traceId, String spanId, boolean sampled) {
    /** Characters of the header. */
    public static final int LENGTH = 55;

    private static final int SPAN_AT = 36;
    private static final int FLAGS_AT = 53;

    /** Reads a header; empty if there is none, or it is not valid. */
    public static Optional<TraceParent> parse(byte @Nullable [] header) {
        return header == null || header.length != LENGTH
                ? Optional.empty()
                : parse(new String(header, StandardCharsets.ISO_8859_1));
    }

    /** Reads the text of a header; empty if it is not valid. */
    public static Optional<TraceParent> parse(String text) {
        var valid = text.length() == LENGTH
                && text.startsWith("00-")
                && text.charAt(SPAN_AT - 1) == '-'
                && text.charAt(FLAGS_AT - 1) == '-'
                && isId(text, 3, SPAN_AT - 1)
                && isId(text, SPAN_AT, FLAGS_AT - 1)
                && isHex(text, FLAGS_AT, LENGTH);
        return valid
                ? Optional.of(new TraceParent(
                        text.substring(3, SPAN_AT - 1),
                        text.substring(SPAN_AT, FLAGS_AT - 1),
                        (HexFormat.fromHexDigit(text.charAt(LENGTH - 1)) & 1) == 1))
                : Optional.empty();
    }

    private static boolean isId(String text, int from, int to) {
        var zeros = true;
        for (var at = from; at < to; at++) {
            zeros &= text.charAt(at) == '0';
        }
        return !zeros && isHex(text, from, to);
    }

    private static boolean isHex(String text, int from, int to) {
        for (var at = from; at < to; at++) {
            var digit = text.charAt(at);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** The root of a new trace. */
    public static TraceParent root() {
        var random = ThreadLocalRandom.current();
        return of(random.nextLong(), random.nextLong(), random.nextLong());
    }

    static TraceParent of(long high, long low, long span) {
        var hex = HexFormat.of();
        // the lowest bit is set, because ids of zeros are invalid
        return new TraceParent(hex.toHexDigits(high) + hex.toHexDigits(low | 1), hex.toHexDigits(span | 1), false);
    }

    /** A new span of the same trace. */
    public TraceParent child() {
        return child(ThreadLocalRandom.current().nextLong());
    }

    TraceParent child(long span) {
        return new TraceParent(traceId, HexFormat.of().toHexDigits(span | 1), sampled);
    }

    /** The same span, sampled or not. */
    public TraceParent sampled(boolean now) {
        return now == sampled ? this : new TraceParent(traceId, spanId, now);
    }

    /**
     * Whether the trace is among a share of all traces: by its id, so that all stages agree; the same as OpenTelemetry's sampler by trace id.
     *
     * @param percent of all traces, 0 to 100
     */
    public boolean isAmong(int percent) {
        if (percent <= 0 || percent >= 100) {
            return percent > 0;
        }
        var low = Long.parseUnsignedLong(traceId, 16, 32, 16);
        return Math.abs(low) < Long.MAX_VALUE / 100 * percent;
    }

    /** The header as text. */
    public String text() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }

    /** The header. */
    public byte[] header() {
        return text().getBytes(StandardCharsets.ISO_8859_1);
    }
}
