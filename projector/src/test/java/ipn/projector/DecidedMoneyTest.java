package ipn.projector;

import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyState;
import ipn.avro.PaymentState;
import ipn.decision.DiscrepancyContent;
import ipn.decision.DiscrepancyOptions;
import ipn.projector.DecisionCases.Case;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kind of discrepancy, accepted or assigned, dismissed, and undone, in any order, with payments before, between and after. The rules
 * alone; {@link DecisionsTest} runs the stage.
 */
class DecidedMoneyTest {
    private static final int INTERLEAVINGS = Integer.getInteger("decision.interleavings", 6);

    static Stream<Case> cases() {
        return DecisionCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void in_any_order_what_counts_decides(Case each) {
        var undecided = run(each, List.of(), false, 0);
        var discrepancy = discrepancy(each, undecided);
        var positive = grants(discrepancy);
        var dismiss =
                decision("d_dismiss", DecisionKind.DISMISS, discrepancy, 2).build();
        var all = List.of(positive, dismiss, undo(positive), undo(dismiss));
        var granted = 0;
        for (var mask = 0; mask < 1 << all.size(); mask++) {
            var chosen = mask;
            var decisions = IntStream.range(0, all.size())
                    .filter(bit -> (chosen >> bit & 1) == 1)
                    .mapToObj(all::get)
                    .toList();
            var isPositive = decisions.contains(positive) && !decisions.contains(undo(positive));
            var isDismissed = decisions.contains(dismiss) && !decisions.contains(undo(dismiss));
            var end = sameEnd(each, decisions, false);
            assertThat(isOpen(end, discrepancy))
                    .as("open: %s", decisions)
                    .isEqualTo(!isDismissed && !(isPositive && closes(positive, discrepancy)));
            var counts = isPositive && (positive.getKind() == DecisionKind.ASSIGN || !isDismissed);
            if (counts && has(positive, discrepancy)) {
                granted++;
                assertThat(end.access()).as("access: %s", decisions).isNotEmpty();
                assertThat(end.balance("unmatched"))
                        .as("money for nothing: %s", decisions)
                        .isEqualTo(0);
            } else {
                assertThat(end.access())
                        .as("access: %s", decisions)
                        .isEqualTo(undecided.end().access());
            }
            var reversed = sameEnd(each, decisions, true);
            assertThat(reversed.access())
                    .as("access after the money went back: %s", decisions)
                    .noneMatch(access -> access.contains(" ACTIVE ") && !isTwice(each));
        }
        assertThat(granted)
                .isEqualTo(has(positive, discrepancy) ? 6 - (positive.getKind() == DecisionKind.ASSIGN ? 2 : 3) : 0);
    }

    /** Whether it can give access at all. */
    private static boolean has(Decision positive, Discrepancy discrepancy) {
        var options = DiscrepancyOptions.of(discrepancy);
        return positive.getKind() == DecisionKind.ASSIGN ? options.assign() : options.accept();
    }

    private static boolean closes(Decision positive, Discrepancy discrepancy) {
        return has(positive, discrepancy);
    }

    private static boolean isTwice(Case each) {
        return each.states().size() > 1;
    }

    private static Decision grants(Discrepancy discrepancy) {
        if (!DiscrepancyOptions.of(discrepancy).assign()) {
            return decision("d_accept", DecisionKind.ACCEPT, discrepancy, 1).build();
        }
        var assign = decision("d_assign", DecisionKind.ASSIGN, discrepancy, 1)
                .setDiscrepancy(null)
                .setDiscrepancyContent(null);
        return switch (discrepancy.getKind()) {
            case NO_SUBJECT -> assign.setSubject("u_42").build();
            case NO_SCOPE -> assign.setScope("post_7").build();
            default -> assign.setProduct("promoted-post").build();
        };
    }

    static Decision.Builder decision(String id, DecisionKind kind, Discrepancy discrepancy, int minute) {
        var draft = Decision.newBuilder()
                .setDecisionId(id)
                .setKind(kind)
                .setTarget(discrepancy.getOrder() == null ? DecisionTarget.PAYMENT : DecisionTarget.ORDER)
                .setAbout(discrepancy.getOrder() == null ? discrepancy.getPaymentKey() : discrepancy.getOrder())
                .setBy("ada")
                .setAt(NOON.plus(Duration.ofMinutes(minute)))
                .setWhy("looked into");
        return DiscrepancyContent.addTo(draft, discrepancy);
    }

    static Decision undo(Decision decision) {
        return Decision.newBuilder()
                .setDecisionId("u_" + decision.getDecisionId())
                .setKind(DecisionKind.UNDO)
                .setTarget(decision.getTarget())
                .setAbout(decision.getAbout())
                .setOf(decision.getDecisionId())
                .setBy("bob")
                .setAt(NOON.plusSeconds(1))
                .setWhy("a mistake")
                .build();
    }

    private static Discrepancy discrepancy(Case each, World world) {
        return world.discrepancies().stream()
                .filter(found -> found.getKind() == each.kind() && found.getState() == DiscrepancyState.OPEN)
                .findFirst()
                .orElseThrow(() -> new AssertionError(each + ": found " + world.discrepancies()));
    }

    private static boolean isOpen(End end, Discrepancy discrepancy) {
        return end.open().stream().anyMatch(open -> open.startsWith(discrepancy.getDiscrepancyId() + " "));
    }

    /** The end, which is the same for many interleavings. */
    private static End sameEnd(Case each, List<Decision> decisions, boolean reversed) {
        var first = run(each, decisions, reversed, 1).end();
        for (var seed = 2; seed <= INTERLEAVINGS; seed++) {
            var end = run(each, decisions, reversed, seed).end();
            assertThat(end.access()).as("%s, seed %d", decisions, seed).isEqualTo(first.access());
            assertThat(end.open()).as("%s, seed %d", decisions, seed).isEqualTo(first.open());
            assertThat(end.balances()).as("%s, seed %d", decisions, seed).isEqualTo(first.balances());
        }
        return first;
    }

    private static World run(Case each, List<Decision> decisions, boolean reversed, long seed) {
        var random = new SplittableRandom(seed);
        var world = new World(each.catalogue());
        var actions = new ArrayList<Runnable>();
        decisions.forEach(decision -> actions.add(() -> world.decided(decision)));
        decisions.stream().limit(1).forEach(again -> actions.add(() -> world.decided(again)));
        each.orders().forEach(order -> actions.add(() -> world.ordered(order)));
        each.states()
                .forEach(state -> actions.add(() -> {
                    world.published(state);
                    later(each, state, reversed).forEach(world::published);
                }));
        while (!actions.isEmpty()) {
            actions.remove(random.nextInt(actions.size())).run();
            if (random.nextBoolean()) {
                world.runAll(random);
            }
        }
        world.runAll(random);
        world.pass(Duration.ofHours(1), random);
        return world;
    }

    private static Stream<PaymentState> later(Case each, PaymentState state, boolean reversed) {
        return each.later().stream()
                .filter(later -> reversed && later.getPaymentKey().equals(state.getPaymentKey()));
    }
}
