package ipn.bench.compare;

import java.util.Locale;

/**
 * What a figure must reach, and what it should reach.
 *
 * @param direction whether a larger or a smaller value is better
 */
public record Goal(Direction direction, double must, double aim) {
    /** Which values reach a goal. */
    public enum Direction {
        AT_LEAST,
        AT_MOST
    }

    /** How a value compares with a goal. */
    public enum Verdict {
        MISSED,
        MET,
        AIM_REACHED;

        /** For texts. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    public static Goal atLeast(double must, double aim) {
        return new Goal(Direction.AT_LEAST, must, aim);
    }

    public static Goal atMost(double must, double aim) {
        return new Goal(Direction.AT_MOST, must, aim);
    }

    public Verdict verdict(double value) {
        if (!reaches(value, must)) {
            return Verdict.MISSED;
        }
        return reaches(value, aim) ? Verdict.AIM_REACHED : Verdict.MET;
    }

    private boolean reaches(double value, double bound) {
        return direction == Direction.AT_LEAST ? value >= bound : value <= bound;
    }

    /** How many times better a value is than it must be; 1: exactly as good. */
    public double timesBetter(double value) {
        return direction == Direction.AT_LEAST ? value / must : must / value;
    }

    /** For example {@code must be at least 0.7, aim 0.9}. */
    public String text() {
        var bound = direction == Direction.AT_LEAST ? "at least" : "at most";
        return must == aim
                ? "must be %s %s".formatted(bound, number(must))
                : "must be %s %s, aim %s".formatted(bound, number(must), number(aim));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : Double.toString(value);
    }
}
