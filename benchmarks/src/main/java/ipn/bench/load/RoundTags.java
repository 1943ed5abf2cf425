package ipn.bench.load;

/** Gives each round of a run a tag of its own, which is a part of all its ids. All are of the same length. Not thread-safe. */
public final class RoundTags {
    private final String run;
    private int started;

    /** @param prefix tells benchmarks apart */
    public RoundTags(String prefix) {
        this.run = prefix + RunTag.now();
    }

    /** Of the next round; of at most 935 rounds. */
    public String next() {
        started++;
        return run + RunTag.round(started);
    }

    /** How many rounds have one. */
    public int started() {
        return started;
    }
}
