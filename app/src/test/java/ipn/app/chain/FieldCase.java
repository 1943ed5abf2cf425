package ipn.app.chain;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A case that somebody met in production: what the gateway sends, and what must be true afterwards.
 *
 * @param title what happens
 * @param why the expectation is right, by the gateway's documentation
 * @param sources public reports and documentation
 * @param pending why the case fails now; a pending case that passes fails the test, so that the mark is removed
 * @param accounts settings of accounts besides {@code main}, by gateway and name; they are based on those of {@code main}
 * @param products besides those of {@code field-cases.yaml}
 * @param orders {@code any}, or lists of the numbers of deliveries, from 0; without it, as they are written
 * @param expect sections that {@link CaseEnd} compares
 */
record FieldCase(
        String name,
        String title,
        String why,
        List<URI> sources,
        Optional<String> pending,
        Map<String, Map<String, JsonNode>> accounts,
        Map<String, JsonNode> products,
        JsonNode orders,
        List<CaseDelivery> deliveries,
        JsonNode expect) {
    static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
                    .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final int SHUFFLES = 2;

    /** The form of a file. */
    private record Form(
            String title,
            String why,
            List<URI> sources,
            String pending,
            Map<String, Map<String, JsonNode>> accounts,
            Map<String, JsonNode> products,
            JsonNode orders,
            List<CaseDelivery.Form> deliveries,
            JsonNode expect) {}

    /** Every case in the folder {@code field-cases}, by name. */
    static List<FieldCase> all() {
        try (var files = Files.list(Path.of(Objects.requireNonNull(FieldCase.class.getResource("/field-cases"))
                .toURI()))) {
            return files.sorted().map(FieldCase::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FieldCase read(Path file) {
        try {
            var form = YAML.readValue(file.toFile(), Form.class);
            return new FieldCase(
                    file.getFileName().toString().replace(".yaml", ""),
                    Objects.requireNonNull(form.title, "title"),
                    Objects.requireNonNull(form.why, "why"),
                    List.copyOf(form.sources),
                    Optional.ofNullable(form.pending),
                    Objects.requireNonNullElse(form.accounts, Map.of()),
                    Objects.requireNonNullElse(form.products, Map.of()),
                    Objects.requireNonNullElse(form.orders, JsonNodeFactory.instance.nullNode()),
                    form.deliveries.stream().map(CaseDelivery::of).toList(),
                    Objects.requireNonNull(form.expect, "expect"));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    /**
     * The orders of sending. Every delivery is repeated in some of them: at once where the order matters, and later too where the
     * case must end the same in any order.
     */
    List<List<Integer>> ordersOfSending() {
        var written = IntStream.range(0, deliveries.size()).boxed().toList();
        var all = new LinkedHashSet<List<Integer>>();
        if (orders.isNull()) {
            all.add(written);
            all.add(eachTwice(written));
        } else if (orders.isTextual() && orders.textValue().equals("any")) {
            all.add(written);
            all.add(reversed(written));
            all.add(twice(written));
            all.add(twice(reversed(written)));
            IntStream.range(0, SHUFFLES).forEach(seed -> all.add(shuffled(twice(written), seed)));
        } else {
            for (var each : orders) {
                var order = new ArrayList<Integer>();
                each.forEach(number -> order.add(number.intValue()));
                all.add(List.copyOf(order));
                all.add(eachTwice(order));
            }
        }
        return List.copyOf(all);
    }

    private static List<Integer> reversed(List<Integer> order) {
        var reversed = new ArrayList<>(order);
        Collections.reverse(reversed);
        return reversed;
    }

    private static List<Integer> twice(List<Integer> order) {
        var twice = new ArrayList<>(order);
        twice.addAll(order);
        return twice;
    }

    private static List<Integer> eachTwice(List<Integer> order) {
        return order.stream().flatMap(each -> List.of(each, each).stream()).toList();
    }

    private static List<Integer> shuffled(List<Integer> order, long seed) {
        var shuffled = new ArrayList<>(order);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    @Override
    public String toString() {
        return name + ": " + title;
    }
}
