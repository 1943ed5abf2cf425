package ipn.operations.reconcile.report;

import ipn.fact.Money;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.RefusedException;
import ipn.operations.reconcile.report.ReportLayout.FeeSign;
import ipn.operations.reconcile.report.ReportLayout.Signs;
import ipn.operations.reconcile.report.ReportLayout.Unit;
import ipn.operations.reconcile.report.ReportRow.Cell;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads amounts of a report exactly, with the exponents of the gateway. */
record ReportAmounts(ReportLayout.Numbers numbers, Amounts amounts) {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,8})?");

    /**
     * An amount with its direction.
     *
     * @param incoming whether the merchant receives it; empty if the report does not contain the direction
     */
    record Moved(Money amount, Optional<Boolean> incoming) {}

    /** @throws RefusedException with the problem, and no content of the line */
    Moved moved(ReportRow row, LineKind kind) {
        var currency = row.word(ReportColumn.CURRENCY);
        var one = row.first(ReportColumn.AMOUNT);
        if (one.isPresent()) {
            return directed(row, one.get(), currency);
        }
        var both = balance(row, ReportColumn.CREDIT, ReportColumn.DEBIT);
        if (both.isPresent()) {
            return moved(both.get(), currency);
        }
        if (kind.factClass().isPresent()) {
            throw new RefusedException(Reason.MISSING_FIELD, "amount: blank");
        }
        // lines of fees and payouts may have a net amount only
        var net = row.first(ReportColumn.NET)
                .map(this::number)
                .or(() -> balance(row, ReportColumn.NET_CREDIT, ReportColumn.NET_DEBIT));
        return moved(net.orElse(BigDecimal.ZERO), currency);
    }

    private Moved directed(ReportRow row, Cell cell, String currency) {
        var number = number(cell);
        if (numbers.signs() == Signs.SIGNED) {
            return moved(number, currency);
        }
        var amount = money(number.abs(), currency, cell.column());
        return new Moved(
                amount,
                row.first(ReportColumn.DIRECTION).map(way -> !numbers.leaving().contains(way.text())));
    }

    private Moved moved(BigDecimal number, String currency) {
        return new Moved(money(number.abs(), currency, "amount"), Optional.of(number.signum() >= 0));
    }

    private Optional<BigDecimal> balance(ReportRow row, ReportColumn credit, ReportColumn debit) {
        var in = row.first(credit).map(this::number);
        var out = row.first(debit).map(this::number);
        return in.isEmpty() && out.isEmpty()
                ? Optional.empty()
                : Optional.of(in.orElse(BigDecimal.ZERO).subtract(out.orElse(BigDecimal.ZERO)));
    }

    /** The fee in main units; negative if the gateway paid it back. */
    Optional<BigDecimal> fee(ReportRow row) {
        Optional<BigDecimal> sum = Optional.empty();
        for (var cell : row.all(ReportColumn.FEE)) {
            if (!cell.text().isEmpty()) {
                sum = Optional.of(sum.orElse(BigDecimal.ZERO).add(number(cell)));
            }
        }
        return sum.map(number -> sign(row, number));
    }

    private BigDecimal sign(ReportRow row, BigDecimal number) {
        var way = row.first(ReportColumn.FEE_DIRECTION);
        if (way.isPresent()) {
            return numbers.leaving().contains(way.get().text())
                    ? number.abs()
                    : number.abs().negate();
        }
        return numbers.feeSign() == FeeSign.MINUS ? number.negate() : number;
    }

    /** The absolute fee in minor units, with its currency. */
    Money feeMoney(ReportRow row, BigDecimal fee) {
        var currency = row.word(ReportColumn.FEE_CURRENCY);
        return money(fee.abs(), currency.isEmpty() ? row.word(ReportColumn.CURRENCY) : currency, "fee");
    }

    private Money money(BigDecimal number, String currency, String where) {
        return numbers.unit() == Unit.MINOR
                ? amounts.ofUnits(number, currency, where)
                : amounts.ofMain(number, currency, where);
    }

    private BigDecimal number(Cell cell) {
        var plain = cell.text();
        if (!numbers.grouping().isEmpty()) {
            plain = plain.replace(numbers.grouping(), "");
        }
        if (numbers.decimalPoint() != '.') {
            // a point is then neither a decimal point nor a group separator
            plain = plain.indexOf('.') >= 0 ? "?" : plain.replace(numbers.decimalPoint(), '.');
        }
        if (!isNumber(plain)) {
            throw new RefusedException(
                    Reason.INVALID_AMOUNT, cell.column() + ": not a number in the format of the settings");
        }
        return new BigDecimal(plain);
    }

    private boolean isNumber(String text) {
        return (numbers.unit() == Unit.MINOR ? WHOLE : DECIMAL).matcher(text).matches();
    }
}
