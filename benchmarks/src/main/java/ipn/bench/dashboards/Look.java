package ipn.bench.dashboards;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a panel shows values.
 *
 * @param unit as Grafana names it
 * @param steps colours from a value on, in ascending order
 * @param texts in place of values
 */
record Look(String unit, List<Step> steps, Map<Double, Text> texts) {
    private static final String NEUTRAL = "#24292f";
    private static final Map<String, String> COLOURS = Map.of(
            "green", "#1a7f37",
            "red", "#cf222e",
            "orange", "#bc4c00",
            "yellow", "#9a6700",
            "blue", "#0969da");

    Look {
        steps = List.copyOf(steps);
        texts = Map.copyOf(texts);
    }

    /** @param from minus infinity: always */
    record Step(double from, String colour) {}

    /**
     * What is shown in place of a value.
     *
     * @param text empty: the value itself
     * @param colour empty: that of the steps
     */
    record Text(String text, String colour) {}

    /** The value with its unit. */
    String text(double value) {
        return Optional.ofNullable(texts.get(value))
                .map(Text::text)
                .filter(text -> !text.isEmpty())
                .orElseGet(() -> Units.text(unit, value));
    }

    /** The colour of a value, for CSS. */
    String colour(double value) {
        var ofText = Optional.ofNullable(texts.get(value)).map(Text::colour).filter(colour -> !colour.isEmpty());
        return css(ofText.orElseGet(() -> ofSteps(value)));
    }

    /** A colour of Grafana, for CSS. */
    static String css(String colour) {
        return COLOURS.getOrDefault(colour, NEUTRAL);
    }

    private String ofSteps(double value) {
        return steps.stream()
                .filter(step -> value >= step.from())
                .reduce((lower, higher) -> higher)
                .map(Step::colour)
                .orElse("");
    }
}
