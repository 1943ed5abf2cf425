package ipn.operations.reconcile.report;

import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.content.GatewayIds;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Parses lines of a report. */
final class LineReader {
    private static final Map<ReferenceName, ReportColumn> REFERENCES = Map.of(
            ReferenceName.ORDER, ReportColumn.ORDER,
            ReferenceName.SUBJECT, ReportColumn.SUBJECT,
            ReferenceName.PRODUCT, ReportColumn.PRODUCT,
            ReferenceName.REFERENCE, ReportColumn.REFERENCE);

    private static final int REFERENCE_LENGTH_MAX = 255;
    /** Replaces bytes that are invalid in the charset. */
    private static final char NO_CHARACTER = '\uFFFD';

    private final ReportLayout layout;
    private final ReportHeader header;
    private final GatewayAccount account;
    private final ReportAmounts amounts;
    private final ReportDates dates;

    LineReader(ReportLayout layout, ReportHeader header, GatewayAccount account) {
        this.layout = layout;
        this.header = header;
        this.account = account;
        this.amounts = new ReportAmounts(layout.numbers(), account.amounts());
        this.dates = new ReportDates(layout.dates());
    }

    /** Parses one line. A line that cannot be read is {@link ParsedLine.Unreadable}; no exception is thrown. */
    ParsedLine read(long line, List<String> fields) {
        if (fields.size() < header.width() || !blank(fields.subList(header.width(), fields.size()))) {
            return new ParsedLine.Unreadable(
                    line, "%d fields (expected: %d, as in the header)".formatted(fields.size(), header.width()));
        }
        var row = new ReportRow(header, fields);
        if (row.spansLines()) {
            return new ParsedLine.Unreadable(line, "a field contains a line break (expected: a closing quote)");
        }
        if (!row.isIncluded()) {
            return new ParsedLine.Skipped(line);
        }
        var type = row.word(ReportColumn.TYPE);
        var kind = layout.kind(type);
        if (kind.isEmpty()) {
            return new ParsedLine.UnknownType(line, type);
        }
        if (kind.get() == LineKind.IGNORE) {
            return new ParsedLine.Skipped(line);
        }
        try {
            return moneyLine(line, row, kind.get());
        } catch (RefusedException e) {
            return new ParsedLine.Unreadable(line, e.detail());
        }
    }

    private ParsedLine.MoneyLine moneyLine(long line, ReportRow row, LineKind kind) {
        var moved = amounts.moved(row, kind);
        var incoming = moved.incoming().orElse(kind.direction() >= 0);
        if (kind.direction() != 0 && moved.amount().minorUnits() != 0 && incoming != kind.direction() > 0) {
            throw new RefusedException(
                    Reason.INVALID_AMOUNT,
                    "amount: %s (expected for a %s: the other direction; check signs and types in section reconcile)"
                            .formatted(incoming ? "money received" : "money paid", kind.word()));
        }
        var ids = ids(row, kind);
        var fee = amounts.fee(row);
        var feeMoney = fee.map(number -> amounts.feeMoney(row, number));
        var feeSigned = fee.map(number -> number.signum()).orElse(0)
                * (long) feeMoney.map(Money::minorUnits).orElse(0L);
        return new ParsedLine.MoneyLine(
                line,
                lineId(row, kind, ids, line),
                kind,
                ids.payment,
                ids.fact,
                moved.amount(),
                incoming,
                feeSigned,
                feeMoney.map(Money::currency).orElse(""),
                at(row),
                references(row));
    }

    private record Ids(String payment, String fact) {}

    private Ids ids(ReportRow row, LineKind kind) {
        if (kind.factClass().isEmpty()) {
            return new Ids("", "");
        }
        return switch (kind.factClass().get()) {
            case CAPTURE -> capture(row);
            case REFUND -> new Ids(id(row, ReportColumn.REFUND_PAYMENT), id(row, ReportColumn.REFUND_ID));
            case DISPUTE -> {
                var payment = id(row, ReportColumn.DISPUTE_PAYMENT);
                var own = row.word(ReportColumn.DISPUTE_ID);
                yield new Ids(payment, own.isEmpty() ? payment : id(row, ReportColumn.DISPUTE_ID));
            }
        };
    }

    private Ids capture(ReportRow row) {
        var payment = id(row, ReportColumn.CAPTURE_PAYMENT);
        var own = row.word(ReportColumn.CAPTURE_ID);
        return new Ids(payment, account.captureId(payment, own.isEmpty() ? payment : id(row, ReportColumn.CAPTURE_ID)));
    }

    private static String id(ReportRow row, ReportColumn column) {
        var id = row.word(column);
        if (!GatewayIds.isId(id) || id.indexOf(NO_CHARACTER) >= 0) {
            throw new RefusedException(
                    Reason.INVALID_ID,
                    column.word()
                            + (id.isEmpty() ? ": blank" : ": not an id of a gateway (expected: no blanks, no slash)"));
        }
        return id;
    }

    /** The id of a line; a report without an id column distinguishes lines by their content. */
    private static String lineId(ReportRow row, LineKind kind, Ids ids, long line) {
        var id = row.joined(ReportColumn.LINE, ":");
        var own = id.replace(":", "").isEmpty() ? kind.word() + ":" + ids.payment + ":" + ids.fact : id;
        // a fee or a payout without an id never repeats another line
        return Item.keyPart(own) + (kind.factClass().isPresent() ? "" : "@" + line);
    }

    private Instant at(ReportRow row) {
        var text = row.joined(ReportColumn.DATE, " ").strip();
        return dates.read(text)
                .orElseThrow(() ->
                        new RefusedException(Reason.INVALID_TIME, "date: does not match the patterns of the settings"));
    }

    private Map<ReferenceName, String> references(ReportRow row) {
        var words = new EnumMap<ReferenceName, String>(ReferenceName.class);
        REFERENCES.forEach((name, column) -> {
            var word = row.word(column);
            if (!word.isEmpty()
                    && word.length() <= REFERENCE_LENGTH_MAX
                    && word.indexOf(NO_CHARACTER) < 0
                    && word.chars().noneMatch(Character::isISOControl)) {
                words.put(name, word);
            }
        });
        return words;
    }

    private static boolean blank(List<String> fields) {
        return fields.stream().allMatch(String::isBlank);
    }
}
