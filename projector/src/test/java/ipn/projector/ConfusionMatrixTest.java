package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.avro.EntitlementStatus;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import ipn.projector.catalogue.Policy;
import ipn.projector.catalogue.ProductCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A thousand purchases, most with something wrong on purpose, all mixed up: what is found is what was planted, all of it and
 * nothing else, and access follows.
 */
class ConfusionMatrixTest {
    private static final int HISTORIES = 1_000;
    private static final Duration PAY_BY = Duration.ofMinutes(30);
    private static final ProductCatalogue STRICT = new ProductCatalogue(
            Products.CATALOGUE.byName(), true, new Policy(Set.of(DiscrepancyKind.OVERPAID), Set.of("stripe")), "v1");

    /** What is wrong with a purchase, what should be found open in the end, and whether it should grant. */
    private enum Planted {
        NOTHING("", true),
        UNDER("UNDERPAID", false),
        OVER("OVERPAID", true),
        CURRENCY("CURRENCY_MISMATCH", false),
        ACCOUNT("WRONG_ACCOUNT", false),
        TEST_ON_LIVE("WRONG_MODE", false),
        UNKNOWN("UNKNOWN_ORDER", false),
        NONE_NAMED("NO_ORDER", false),
        TWICE("DUPLICATE_PAYMENT", true),
        MISSING("MISSING", false),
        LATE_ORDER("", true);

        private final String found;
        private final boolean grants;

        Planted(String found, boolean grants) {
            this.found = found;
            this.grants = grants;
        }
    }

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void what_is_found_is_what_was_planted(long seed) {
        var random = new Random(seed);
        var planted = new ArrayList<Planted>();
        var steps = new ArrayList<Consumer<Projection>>();
        var late = new ArrayList<Consumer<Projection>>();
        for (var number = 0; number < HISTORIES; number++) {
            var fault = Planted.values()[random.nextInt(Planted.values().length)];
            planted.add(fault);
            purchase(fault, Integer.toString(number), steps, late, random);
        }
        Collections.shuffle(steps, random);
        Collections.shuffle(late, random);

        try (var projection = new Projection(folder, STRICT)) {
            steps.forEach(step -> step.accept(projection));
            late.forEach(step -> step.accept(projection));
            projection.pass(PAY_BY.plusMinutes(1));
            // more are due than one tick takes
            for (var tick = 0; tick < HISTORIES / 10; tick++) {
                projection.pass(Duration.ofSeconds(1));
            }
            assertThat(matrix(planted, found(projection))).isEqualTo(matrix(planted, expected(planted)));
            assertThat(granted(projection)).isEqualTo(grants(planted));
        }
    }

    /** One purchase: its order and payments, delivered in any order and some twice; a late order after everything else. */
    private static void purchase(
            Planted fault,
            String number,
            List<Consumer<Projection>> steps,
            List<Consumer<Projection>> late,
            Random random) {
        var order = order(number);
        var payment = payment("pi_" + number, number, 2500);
        switch (fault) {
            case UNDER -> payment = payment("pi_" + number, number, 1 + random.nextInt(2499));
            case OVER -> payment = payment("pi_" + number, number, 2501 + random.nextInt(9999));
            case CURRENCY -> payment.setTotals(List.of(new Totals("EUR", 0L, 2500L, 0L, 0L, 0L, 0L)));
            case ACCOUNT -> order.setGatewayAccount("paypal/main");
            case TEST_ON_LIVE -> payment.setLive(false);
            case NONE_NAMED ->
                payment.setReferences(
                        Map.of("subject", "u_" + number, "product", "promoted-post", "reference", "post_" + number));
            case TWICE -> deliver(payment("pi_" + number + "b", number, 2500), steps, random);
            default -> {}
        }
        var wanted = order;
        Consumer<Projection> ordered = projection -> projection.ordered(wanted);
        if (fault == Planted.LATE_ORDER) {
            late.add(ordered);
        } else if (fault != Planted.UNKNOWN && fault != Planted.NONE_NAMED) {
            steps.add(ordered);
        }
        if (fault != Planted.MISSING) {
            deliver(payment, steps, random);
        }
    }

    private static void deliver(PaymentState.Builder payment, List<Consumer<Projection>> steps, Random random) {
        var state = payment.build();
        for (var times = random.nextInt(3); times >= 0; times--) {
            steps.add(projection -> projection.applied(PaymentState.newBuilder(state)));
        }
    }

    /** Kinds open in the end, by the number of the purchase. */
    private static Map<String, Set<String>> found(Projection projection) {
        var open = new TreeMap<String, String>();
        var numbers = new HashMap<String, String>();
        projection.discrepancies().forEach(discrepancy -> {
            open.put(
                    discrepancy.getDiscrepancyId(),
                    discrepancy.getState() == DiscrepancyState.OPEN
                            ? discrepancy.getKind().name()
                            : "");
            numbers.put(
                    discrepancy.getDiscrepancyId(),
                    Optional.ofNullable(discrepancy.getOrder())
                            .orElseGet(discrepancy::getPaymentKey)
                            .replaceAll("[^0-9]", ""));
        });
        var found = new HashMap<String, Set<String>>();
        open.forEach((id, kind) -> {
            if (!kind.isEmpty()) {
                found.computeIfAbsent(numbers.get(id), number -> new HashSet<>())
                        .add(kind);
            }
        });
        return found;
    }

    private static Map<String, Set<String>> expected(List<Planted> planted) {
        var expected = new HashMap<String, Set<String>>();
        for (var number = 0; number < planted.size(); number++) {
            if (!planted.get(number).found.isEmpty()) {
                expected.put(Integer.toString(number), Set.of(planted.get(number).found));
            }
        }
        return expected;
    }

    /** How often each planted fault was found as what. */
    private static Map<Planted, Map<String, Integer>> matrix(List<Planted> planted, Map<String, Set<String>> found) {
        var matrix = new EnumMap<Planted, Map<String, Integer>>(Planted.class);
        for (var number = 0; number < planted.size(); number++) {
            var as = found.getOrDefault(Integer.toString(number), Set.of("nothing"));
            var row = matrix.computeIfAbsent(planted.get(number), fault -> new TreeMap<>());
            as.forEach(kind -> row.merge(kind, 1, Integer::sum));
        }
        return matrix;
    }

    private static Set<String> granted(Projection projection) {
        var granted = new HashSet<String>();
        projection.states().forEach((key, state) -> {
            if (state.getLast().getStatus() == EntitlementStatus.ACTIVE) {
                granted.add(state.getLast().getSubject());
            }
        });
        return granted;
    }

    private static Set<String> grants(List<Planted> planted) {
        var grants = new HashSet<String>();
        for (var number = 0; number < planted.size(); number++) {
            if (planted.get(number).grants) {
                grants.add("u_" + number);
            }
        }
        return grants;
    }

    private static PaymentState.Builder payment(String id, String number, long amount) {
        return captured(id, NOON, amount, 0).setReferences(Map.of("order", "o_" + number));
    }

    private static Order.Builder order(String number) {
        return Order.newBuilder()
                .setOrderId("o_" + number)
                .setSubject("u_" + number)
                .setProduct("promoted-post")
                .setReference("post_" + number)
                .setAmount(2500)
                .setCurrency("USD")
                .setCreatedAt(NOON)
                .setPayBy(NOON.plus(PAY_BY))
                .setLive(true);
    }
}
