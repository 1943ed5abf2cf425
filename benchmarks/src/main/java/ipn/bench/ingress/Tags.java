package ipn.bench.ingress;

import java.time.Instant;

/** Gives each round of each run a tag of its own, which is a part of all ids of its calls. */
final class Tags {
    private static final int RADIX = 36;

    private final String run;
    private int rounds;

    Tags(String prefix) {
        this.run = prefix + Long.toString(Instant.now().getEpochSecond(), RADIX);
    }

    String next() {
        rounds++;
        return "%sr%s".formatted(run, Integer.toString(rounds, RADIX));
    }
}
