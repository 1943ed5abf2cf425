package ipn.operations.shadow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.avro.Discrepancy;
import ipn.avro.Entitlement;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import ipn.operations.imports.ExportFile;
import ipn.operations.imports.ExportLine;
import ipn.operations.imports.LineException;
import ipn.operations.imports.LineProblem;
import ipn.operations.topic.AvroValues;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/** Reads what accounts in mode shadow would give, and compares it with what another system gives. */
public record ShadowReport(KafkaSettings kafka, Instant now, Duration tolerance) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PROBLEMS_MAX = 1_000;

    /** Differences of one kind and reason. */
    public record Sum(Difference.Kind kind, String reason, long count, Map<String, Long> money) {}

    /**
     * The result.
     *
     * @param compared number of entitlements that either system knows
     * @param problems lines that cannot be read, at most 1,000
     */
    public record Result(long compared, List<Sum> sums, List<Difference> differences, List<LineProblem> problems) {
        public boolean agrees() {
            return differences.isEmpty() && problems.isEmpty();
        }
    }

    /** What the other system gives, as a file: CSV with a header, or lines of JSON. */
    public Result againstFile(Path file, Progress progress) {
        return run(
                (lines, problems) ->
                        new ExportFile(file).read(progress, "reading the file", ExportFile.receiver(lines, problems)),
                progress);
    }

    /** What the other system gives, as a topic: the newest value of each key, an object of JSON. */
    public Result againstTopic(String topic, Progress progress) {
        return run((lines, problems) -> readTopic(topic, lines, problems, progress), progress);
    }

    /** Where the other system's lines are from. */
    private interface Source {
        void read(Consumer<ExportLine> lines, Consumer<LineProblem> problems);
    }

    private Result run(Source source, Progress progress) {
        var comparison = new ShadowComparison(now, tolerance);
        var problems = new ArrayList<LineProblem>();
        Consumer<LineProblem> problem = found -> {
            if (problems.size() < PROBLEMS_MAX) {
                problems.add(found);
            }
        };
        source.read(
                line -> {
                    try {
                        comparison.theirs(OtherAccess.read(line, now));
                    } catch (LineException e) {
                        problem.accept(e.problem(line.number()));
                    }
                },
                problem);
        read(TopicCatalogue.SHADOW_STATE, Entitlement.class, state -> comparison.ours(state.getLast()), progress);
        read(TopicCatalogue.SHADOW_DISCREPANCIES, Discrepancy.class, comparison::discrepancy, progress);
        var differences = withMoney(comparison.differences(), progress);
        return new Result(comparison.compared(), sums(differences), differences, problems);
    }

    private <T extends SpecificRecord> void read(String name, Class<T> type, Consumer<T> each, Progress progress) {
        var topic = kafka.topics().name(name);
        try (var reader = TopicReader.open(kafka);
                var values = kafka.serdes().deserializer(type)) {
            reader.read(
                    reader.all(topic),
                    "reading " + topic,
                    progress,
                    record -> AvroValues.read(record, values).ifPresent(each));
        }
    }

    private void readTopic(
            String topic, Consumer<ExportLine> lines, Consumer<LineProblem> problems, Progress progress) {
        var newest = new HashMap<String, ExportLine>();
        try (var reader = TopicReader.open(kafka)) {
            reader.read(reader.all(topic), "reading " + topic, progress, record -> {
                var key = record.key() == null ? "" : new String(record.key(), UTF_8);
                var number = record.offset() + 1;
                try {
                    if (record.value() == null) {
                        newest.remove(key);
                    } else {
                        newest.put(
                                key.isEmpty() ? record.partition() + "@" + number : key,
                                new ExportLine(number, JSON.readTree(record.value())));
                    }
                } catch (JacksonException e) {
                    problems.accept(new LineProblem(
                            number, LineProblem.Kind.MALFORMED, "value of a record: not JSON (expected: an object)"));
                } catch (IOException e) {
                    throw new IllegalStateException("bytes in memory: cannot be read", e);
                }
            });
        }
        newest.values().forEach(lines);
    }

    private List<Difference> withMoney(List<Difference> differences, Progress progress) {
        var keys = differences.stream()
                .map(Difference::paymentKey)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(HashSet::new));
        var taken = new HashMap<String, Map<String, Long>>();
        if (!keys.isEmpty()) {
            read(
                    TopicCatalogue.PAYMENTS,
                    PaymentState.class,
                    payment -> {
                        if (keys.contains(payment.getPaymentKey())) {
                            taken.put(payment.getPaymentKey(), taken(payment));
                        }
                    },
                    progress);
        }
        return differences.stream()
                .map(each -> each.with(taken.getOrDefault(String.valueOf(each.paymentKey()), Map.of())))
                .toList();
    }

    /** What a payment has taken, or what its invoices were paid with. */
    static Map<String, Long> taken(PaymentState payment) {
        var taken = new TreeMap<String, Long>();
        payment.getTotals().stream()
                .filter(totals -> totals.getCaptured() > 0)
                .forEach((Totals totals) -> taken.merge(totals.getCurrency(), totals.getCaptured(), Math::addExact));
        if (taken.isEmpty()) {
            payment.getInvoices().stream()
                    .filter(invoice -> invoice.getPaid() > 0)
                    .forEach(invoice -> taken.merge(invoice.getCurrency(), invoice.getPaid(), Math::addExact));
        }
        return taken;
    }

    /** By kind and reason. */
    static List<Sum> sums(List<Difference> differences) {
        record Of(Difference.Kind kind, String reason) {}
        var grouped =
                new TreeMap<Of, List<Difference>>(Comparator.comparing(Of::kind).thenComparing(Of::reason));
        differences.forEach(
                each -> grouped.computeIfAbsent(new Of(each.kind(), each.reason()), any -> new ArrayList<>())
                        .add(each));
        return grouped.entrySet().stream()
                .map(each -> {
                    var money = new TreeMap<String, Long>();
                    each.getValue()
                            .forEach(one -> one.money()
                                    .forEach((currency, amount) -> money.merge(currency, amount, Math::addExact)));
                    return new Sum(
                            each.getKey().kind(),
                            each.getKey().reason(),
                            each.getValue().size(),
                            money);
                })
                .toList();
    }
}
