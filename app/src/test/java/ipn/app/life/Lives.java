package ipn.app.life;

import java.util.stream.Stream;

/** A whole life with each gateway: bought, renewed or partly refunded, disputed or failed, ended. */
public final class Lives {
    private Lives() {}

    public static Stream<Life> all() {
        return Stream.of(SubscriptionLives.all(), RetailLives.all(), StoreLives.all())
                .flatMap(lives -> lives);
    }

    /** The life with one gateway. */
    public static Life with(String gateway) {
        return all().filter(life -> life.gateway().equals(gateway))
                .findFirst()
                .orElseThrow(() -> new AssertionError(gateway + ": no life (expected: one, see LivesIT)"));
    }
}
