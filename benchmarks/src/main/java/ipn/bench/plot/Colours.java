package ipn.bench.plot;

import java.util.List;

/** The colours of lines, in their order. The first six are distinguishable for people with colour-blindness (Okabe and Ito). */
public final class Colours {
    private static final List<String> ALL = List.of(
            "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#8250df", "#6e7781", "#9a6700",
            "#116329", "#a40e26", "#0a3069");

    private Colours() {}

    /** The colour of a line; they begin again after the last. */
    public static String of(int line) {
        return ALL.get(line % ALL.size());
    }
}
