package ipn.client.store;

import ipn.client.AccessDecision;
import ipn.client.AccessStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Decisions as bytes: shared texts by their ids, times as differences from the time of the decision, the payment key as its account and its
 * id.
 */
final class DecisionBytes {
    private static final AccessStatus[] STATUSES = AccessStatus.values();
    private static final int STATUS = 0x07;
    private static final int TEST = 0x08;
    private static final int FROM = 0x10;
    private static final int UNTIL = 0x20;
    private static final int GRACE = 0x40;
    private static final int PRODUCT = 0x80;

    private final Names names;
    private final Bytes out = new Bytes();

    DecisionBytes(Names names) {
        this.names = names;
    }

    /** For the one thread that writes. */
    byte[] write(AccessDecision decision) {
        out.clear();
        var decidedAt = decision.decidedAt().toEpochMilli();
        out.octet(flags(decision))
                .number(decision.revision())
                .number(decidedAt)
                .number(names.id(decision.reason()))
                .number(names.id(decision.policyVersion()));
        decision.from().ifPresent(time -> out.signed(time.toEpochMilli() - decidedAt));
        decision.until().ifPresent(time -> out.signed(time.toEpochMilli() - decidedAt));
        decision.graceUntil().ifPresent(time -> out.signed(time.toEpochMilli() - decidedAt));
        decision.product().ifPresent(product -> out.number(names.id(product)));
        decidedBy(decision.decidedBy().orElse(""));
        return out.copy();
    }

    private static int flags(AccessDecision decision) {
        return decision.status().ordinal()
                | (decision.test() ? TEST : 0)
                | (decision.from().isPresent() ? FROM : 0)
                | (decision.until().isPresent() ? UNTIL : 0)
                | (decision.graceUntil().isPresent() ? GRACE : 0)
                | (decision.product().isPresent() ? PRODUCT : 0);
    }

    /** Gateway and account are few, ids are many; what is no payment key is all id. */
    private void decidedBy(String key) {
        var gateway = key.indexOf('/');
        var account = gateway < 0 ? -1 : key.indexOf('/', gateway + 1);
        var id = key.substring(account + 1).getBytes(StandardCharsets.UTF_8);
        out.number(names.id(key.substring(0, account + 1))).sized(id);
    }

    AccessDecision read(byte[] bytes, int at) {
        var in = new ByteReader(bytes, at);
        var flags = in.octet();
        var revision = in.number();
        var decidedAt = in.number();
        var reason = names.text(in.count());
        var policyVersion = names.text(in.count());
        var from = time(in, flags & FROM, decidedAt);
        var until = time(in, flags & UNTIL, decidedAt);
        var graceUntil = time(in, flags & GRACE, decidedAt);
        var product = (flags & PRODUCT) == 0 ? Optional.<String>empty() : Optional.of(names.text(in.count()));
        var decidedBy = names.text(in.count()) + in.text(in.count());
        return new AccessDecision(
                revision,
                STATUSES[flags & STATUS],
                reason,
                from,
                until,
                graceUntil,
                product,
                decidedBy.isEmpty() ? Optional.empty() : Optional.of(decidedBy),
                Instant.ofEpochMilli(decidedAt),
                policyVersion,
                (flags & TEST) != 0);
    }

    private static Optional<Instant> time(ByteReader in, int flag, long decidedAt) {
        return flag == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(decidedAt + in.signed()));
    }

    /** The revision alone. */
    static long revision(byte[] bytes, int at) {
        return new ByteReader(bytes, at + 1).number();
    }
}
