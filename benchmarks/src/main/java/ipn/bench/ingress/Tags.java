package ipn.bench.ingress;

import ipn.bench.load.RunTag;

/** Gives each round of each run a tag of its own, which is a part of all ids of its calls. */
final class Tags {
    private static final int RADIX = 36;

    private final String run;
    private int rounds;

    Tags(String prefix) {
        this.run = prefix + RunTag.now();
    }

    String next() {
        rounds++;
        return "%sr%s".formatted(run, Integer.toString(rounds, RADIX));
    }
}
