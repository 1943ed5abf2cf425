package ipn.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.UUID;

/** Random text for ids. */
public final class RandomTokens {
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 17;
    private static final long NUMBER_MIN = 1_000_000_000_000_000L;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomTokens() {}

    /** Letters and digits, unique in practice. */
    public static String fresh() {
        var token = new StringBuilder(LENGTH);
        for (var i = 0; i < LENGTH; i++) {
            token.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return token.toString();
    }

    /** Sixteen digits, the same for the same token. */
    public static String number(String token) {
        var bits = UUID.nameUUIDFromBytes(token.getBytes(UTF_8)).getMostSignificantBits();
        return Long.toString(NUMBER_MIN + Math.floorMod(bits, NUMBER_MIN));
    }
}
