package ipn.app.diff;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.diff.Change.FieldChange;
import ipn.app.diff.ComparedSides.Mark;
import ipn.app.diff.ComparedSides.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What differs between two sides, whatever the order in which they were read. */
class ComparedSidesTest {
    private final ComparedSides sides = new ComparedSides();

    @AfterEach
    void close() {
        sides.close();
    }

    @Test
    void each_key_is_the_same_or_different_or_on_one_side_only() {
        both("same", "PAID", "PAID");
        both("other", "PAID", "REFUNDED");
        sides.put(Kind.PAYMENT, Side.SECOND, "new", described("PAID"));
        sides.put(Kind.PAYMENT, Side.FIRST, "gone", described("PAID"));
        sides.put(Kind.PAYMENT, Side.FIRST, "same too", described("FAILED"));
        sides.put(Kind.PAYMENT, Side.SECOND, "same too", described("FAILED"));

        assertThat(differences(Kind.PAYMENT))
                .extracting(Change::key, Change::side, Change::text)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("gone", Change.Side.ONLY_FIRST, "status: PAID"),
                        org.assertj.core.groups.Tuple.tuple("new", Change.Side.ONLY_SECOND, "status: PAID"),
                        org.assertj.core.groups.Tuple.tuple(
                                "other", Change.Side.DIFFERENT, "status: PAID -> REFUNDED"));
    }

    @Test
    void the_newest_of_a_side_counts_and_what_was_removed_does_not() {
        both("replaced", "AUTHORIZED", "PAID");
        sides.put(Kind.PAYMENT, Side.FIRST, "replaced", described("PAID"));
        sides.put(Kind.PAYMENT, Side.FIRST, "removed", described("PAID"));
        sides.remove(Kind.PAYMENT, Side.FIRST, "removed");
        assertThat(differences(Kind.PAYMENT)).isEmpty();
    }

    @Test
    void a_key_that_begins_with_another_key_is_another_key() {
        sides.put(Kind.PAYMENT, Side.FIRST, "pi_1", described("PAID"));
        sides.put(Kind.PAYMENT, Side.SECOND, "pi_1", described("PAID"));
        sides.put(Kind.PAYMENT, Side.FIRST, "pi_1x", described("PAID"));
        sides.put(Kind.PAYMENT, Side.SECOND, "pi_1 x", described("PAID"));
        assertThat(differences(Kind.PAYMENT)).extracting(Change::key).containsExactly("pi_1 x", "pi_1x");
    }

    @Test
    void entries_of_the_ledger_are_compared_by_their_sums() {
        sides.add(Kind.LEDGER, Side.FIRST, "split", "USD", 500);
        sides.add(Kind.LEDGER, Side.FIRST, "split", "USD", 300);
        sides.add(Kind.LEDGER, Side.SECOND, "split", "USD", 800);
        sides.add(Kind.LEDGER, Side.FIRST, "undone", "USD", 800);
        sides.add(Kind.LEDGER, Side.FIRST, "undone", "USD", -800);
        sides.add(Kind.LEDGER, Side.FIRST, "less", "USD", 800);
        sides.add(Kind.LEDGER, Side.SECOND, "less", "USD", 700);
        assertThat(differences(Kind.LEDGER)).singleElement().satisfies(change -> {
            assertThat(change.key()).isEqualTo("less");
            assertThat(change.fields()).containsExactly(new FieldChange("amount", "800", "700"));
            assertThat(change.money()).containsExactly(Map.entry("USD", -100L));
        });
    }

    @Test
    void what_begins_before_or_changed_since_is_not_compared() {
        both("before", "PAID", "FAILED");
        both("since", "PAID", "FAILED");
        assertThat(sides.mark(Mark.PAYMENT_BEFORE, "before")).isTrue();
        assertThat(sides.mark(Mark.PAYMENT_BEFORE, "before")).isFalse();
        sides.mark(Mark.PAYMENT_SINCE, "since");
        sides.mark(Mark.ENTITLEMENT_BEFORE, "other");
        assertThat(differences(Kind.PAYMENT)).isEmpty();
        assertThat(sides.count(Mark.PAYMENT_BEFORE)).isEqualTo(1);
    }

    @Test
    void a_notification_of_the_pipeline_after_the_rebuild_began_is_not_missing() {
        sides.put(Kind.NOTIFICATION, Side.FIRST, "late", described("RECEIPT"));
        sides.mark(Mark.NOTIFICATION_SINCE, "late");
        sides.put(Kind.NOTIFICATION, Side.FIRST, "missing", described("RECEIPT"));
        assertThat(differences(Kind.NOTIFICATION)).extracting(Change::key).containsExactly("missing");
    }

    private void both(String key, String first, String second) {
        sides.put(Kind.PAYMENT, Side.FIRST, key, described(first));
        sides.put(Kind.PAYMENT, Side.SECOND, key, described(second));
    }

    private static Described described(String status) {
        return new Described("u_1", Map.of("status", status), Map.of("USD", 800L));
    }

    private List<Change> differences(Kind kind) {
        sides.compare(kind);
        var found = new ArrayList<Change>();
        sides.differences(kind, found::add);
        return found;
    }
}
