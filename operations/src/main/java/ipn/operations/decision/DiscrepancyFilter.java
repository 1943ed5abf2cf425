package ipn.operations.decision;

import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which discrepancies to list.
 *
 * @param account a gateway, or gateway/account
 * @param openedBefore opened or closed before this time
 * @param money at least so much of this currency
 * @param state empty: open and closed ones
 */
public record DiscrepancyFilter(
        Optional<DiscrepancyKind> kind,
        Optional<String> account,
        Optional<String> subject,
        Optional<String> order,
        Optional<String> payment,
        Optional<Instant> openedBefore,
        Optional<Money> money,
        Optional<DiscrepancyState> state) {
    /** Everything, open or closed. */
    public static final DiscrepancyFilter ALL = new DiscrepancyFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Whether it is listed, as far as the discrepancy itself tells. */
    boolean includes(Discrepancy discrepancy) {
        return matches(kind, discrepancy.getKind())
                && account.filter(prefix -> !isOf(discrepancy.getPaymentKey(), prefix))
                        .isEmpty()
                && matches(subject, discrepancy.getSubject())
                && matches(order, discrepancy.getOrder())
                && matches(payment, discrepancy.getPaymentKey())
                && openedBefore
                        .filter(time -> !discrepancy.getAt().isBefore(time))
                        .isEmpty();
    }

    /** States are compared once the newest record of each is known. */
    boolean includesState(Discrepancy discrepancy) {
        return matches(state, discrepancy.getState());
    }

    /** The criteria by name, for an index, besides the money. */
    Map<String, String> terms() {
        var terms = new HashMap<String, String>();
        kind.ifPresent(only -> terms.put("kind", only.name()));
        account.ifPresent(only -> terms.put("account", only));
        subject.ifPresent(only -> terms.put("user", only));
        order.ifPresent(only -> terms.put("order", only));
        payment.ifPresent(only -> terms.put("payment", only));
        openedBefore.ifPresent(end -> terms.put("to", end.toString()));
        state.ifPresent(only -> terms.put("state", only.name()));
        return terms;
    }

    /** Whether there is enough money. */
    boolean includes(List<Money> all) {
        return money.filter(least -> all.stream()
                        .noneMatch(each -> each.currency().equals(least.currency()) && each.amount() >= least.amount()))
                .isEmpty();
    }

    private static boolean isOf(String paymentKey, String account) {
        return paymentKey.startsWith(account + "/");
    }

    private static <T> boolean matches(Optional<T> expected, @Nullable Object actual) {
        return expected.filter(value -> !Objects.equals(value, actual)).isEmpty();
    }
}
