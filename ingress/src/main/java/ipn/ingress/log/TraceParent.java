package ipn.ingress.log;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** The W3C trace context of a delivery: the one received if it is valid, else a new one. */
final class TraceParent {
    private static final Pattern VERSION_0 = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceParent() {}

    static String receivedOrNew(List<String> received) {
        return received.size() == 1 && valid(received.get(0)) ? received.get(0) : newContext();
    }

    private static boolean valid(String text) {
        return VERSION_0.matcher(text).matches()
                && !text.startsWith("0".repeat(32), 3)
                && !text.startsWith("0".repeat(16), 36);
    }

    private static String newContext() {
        var random = ThreadLocalRandom.current();
        var hex = HexFormat.of();
        // the lowest bit is set, because ids of zeros are invalid
        return "00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1) + "-"
                + hex.toHexDigits(random.nextLong() | 1) + "-01";
    }
}
