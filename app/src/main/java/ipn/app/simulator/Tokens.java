package ipn.app.simulator;

import java.security.SecureRandom;

/** Fresh ids. */
public final class Tokens {
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 17;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Tokens() {}

    /** Letters and digits that no other id has. */
    public static String fresh() {
        var token = new StringBuilder(LENGTH);
        for (var i = 0; i < LENGTH; i++) {
            token.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return token.toString();
    }
}
