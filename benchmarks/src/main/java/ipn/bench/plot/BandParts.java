package ipn.bench.plot;

import ipn.bench.plot.Band.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Bands may overlap. Their parts do not, so that each place of the background says all that is marked there. */
final class BandParts {
    private BandParts() {}

    /** @param text the details of all bands of this time, the most urgent first, one a line */
    record Part(double from, double to, Level level, String text) {}

    static List<Part> of(List<Band> bands) {
        var bounds = bands.stream()
                .flatMapToDouble(band -> DoubleStream.of(band.from(), band.to()))
                .sorted()
                .distinct()
                .toArray();
        var parts = new ArrayList<Part>();
        for (var i = 0; i + 1 < bounds.length; i++) {
            var from = bounds[i];
            var to = bounds[i + 1];
            var here = bands.stream()
                    .filter(band -> band.from() <= from && band.to() >= to)
                    .sorted(Comparator.comparing(Band::level))
                    .toList();
            if (!here.isEmpty()) {
                var text = here.stream().map(Band::detail).distinct().collect(Collectors.joining("\n"));
                parts.add(new Part(from, to, here.get(0).level(), text));
            }
        }
        return parts;
    }
}
