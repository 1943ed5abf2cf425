package ipn.app.status;

import ipn.runtime.metrics.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The numbers of all management ports at one time. */
record Samples(List<Sample> all) {
    Samples {
        all = List.copyOf(all);
    }

    private Stream<Sample> of(String series, Map<String, String> labels) {
        return all.stream()
                .filter(sample -> sample.series().equals(series))
                .filter(sample -> sample.labels().entrySet().containsAll(labels.entrySet()))
                .filter(sample -> !Double.isNaN(sample.value()));
    }

    /** The numbers of a gauge or counter with these labels. */
    DoubleStream values(Metric metric, Map<String, String> labels) {
        return of(metric.series(), labels).mapToDouble(Sample::value);
    }

    double sum(Metric metric, Map<String, String> labels) {
        return values(metric, labels).sum();
    }

    /** Whether a counter has grown since. */
    boolean grewSince(Samples before, Metric metric, Map<String, String> labels) {
        return sum(metric, labels) > before.sum(metric, labels);
    }

    /** Labels and one more. */
    static Map<String, String> with(Map<String, String> labels, String name, String value) {
        var all = new TreeMap<>(labels);
        all.put(name, value);
        return all;
    }

    /** The labels of each account of which a metric has a number, and these labels. */
    List<Map<String, String>> accounts(Metric metric, Map<String, String> labels) {
        var accounts = new ArrayList<Map<String, String>>();
        for (var gateway : names(metric, labels, "gateway")) {
            var ofGateway = new TreeMap<>(labels);
            ofGateway.put("gateway", gateway);
            for (var account : names(metric, ofGateway, "account")) {
                var ofAccount = new TreeMap<>(ofGateway);
                ofAccount.put("account", account);
                accounts.add(ofAccount);
            }
        }
        return accounts;
    }

    /** The sum over samples with these labels of which one holds a value that is chosen. */
    double sum(Metric metric, Map<String, String> labels, String label, Predicate<String> chosen) {
        return of(metric.series(), labels)
                .filter(sample -> chosen.test(sample.label(label)))
                .mapToDouble(Sample::value)
                .sum();
    }

    OptionalDouble max(Metric metric, Map<String, String> labels) {
        return values(metric, labels).max();
    }

    /** The values that a label has. */
    List<String> names(Metric metric, Map<String, String> labels, String label) {
        return of(metric.series(), labels)
                .map(sample -> sample.label(label))
                .distinct()
                .sorted()
                .toList();
    }

    /** How many measurements of a timer there were. */
    double count(Metric metric, Map<String, String> labels) {
        return of(metric.series() + "_count", labels).mapToDouble(Sample::value).sum();
    }

    /**
     * The time that a share of the measurements took at most, up to the bound of its bucket: seconds.
     *
     * @param since counts of before, which are left out
     */
    OptionalDouble quantile(Metric metric, Map<String, String> labels, double share, Samples since) {
        var buckets = buckets(metric, labels);
        since.buckets(metric, labels).forEach((bound, count) -> buckets.merge(bound, -count, Double::sum));
        var total = buckets.isEmpty() ? 0 : buckets.lastEntry().getValue();
        return total <= 0
                ? OptionalDouble.empty()
                : buckets.entrySet().stream()
                        .filter(bucket -> bucket.getValue() >= share * total)
                        .mapToDouble(Map.Entry::getKey)
                        .findFirst();
    }

    private TreeMap<Double, Double> buckets(Metric metric, Map<String, String> labels) {
        var buckets = new TreeMap<Double, Double>();
        of(metric.series() + "_bucket", labels)
                .forEach(sample -> buckets.merge(bound(sample), sample.value(), Double::sum));
        return buckets;
    }

    private static double bound(Sample sample) {
        var bound = sample.label("le");
        return bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
    }
}
