package ipn.operations.reconcile.match;

import ipn.operations.reconcile.report.LineKind.FactClass;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.List;

/**
 * Each capture, refund and dispute with what payment state knows of it and what the report says of it. A row of numbers, about 150 bytes
 * with its key, and not an object.
 */
final class FactTable {
    /** Stands for an amount that is not known. */
    static final long UNKNOWN = Long.MIN_VALUE;

    /** Payment state has the fact. */
    static final int IN_STATE = 1;
    /** The report has the fact. */
    static final int IN_REPORT = 1 << 1;
    /** The report has lines of the fact in several currencies. */
    static final int MIXED_CURRENCIES = 1 << 2;
    /** Money moved for good, so that a report of that time must have the fact. Without this mark a report may have it. */
    static final int REQUIRED_IN_REPORT = 1 << 3;
    /** The money came back or never moved, so that the report may add up to zero as well as to the amount. */
    static final int ZERO_ALLOWED = 1 << 4;
    /** A line of the fact is one of those to compare, so that all its lines are. */
    static final int CHOSEN = 1 << 5;

    private static final int FLAG_BITS = 8;
    private static final int CURRENCY_BITS = 10;

    private final KeyTable keys = new KeyTable();
    /** Numbers of {@link PaymentTable}. */
    final LongArrayList payment = new LongArrayList();
    /** Amount, fee and time in payment state. */
    final LongArrayList amount = new LongArrayList();

    final LongArrayList fee = new LongArrayList();
    final LongArrayList at = new LongArrayList();
    /** Amount, fee and time in the report, and its first line about the fact. */
    final LongArrayList reported = new LongArrayList();

    final LongArrayList reportedFee = new LongArrayList();
    final LongArrayList reportedAt = new LongArrayList();
    final LongArrayList line = new LongArrayList();
    /** The first line that can be injected; 0 if there is none. */
    final LongArrayList injectable = new LongArrayList();

    private final LongArrayList marks = new LongArrayList();
    private final List<String> currencies = new ArrayList<>();

    int size() {
        return keys.size();
    }

    /** The row of a fact; an empty row is added for a fact that is new. */
    int add(FactClass factClass, String id) {
        var before = keys.size();
        var row = keys.add(key(factClass, id));
        if (row == before) {
            for (var column : List.of(payment, amount, at, reported, reportedAt, line, injectable, marks)) {
                column.add(0);
            }
            fee.add(UNKNOWN);
            reportedFee.add(UNKNOWN);
        }
        return row;
    }

    /** The row of a fact; -1 if there is none. */
    int find(FactClass factClass, String id) {
        return keys.find(key(factClass, id));
    }

    FactClass factClass(int row) {
        return FactClass.values()[keys.get(row).charAt(0) - '0'];
    }

    String id(int row) {
        return keys.get(row).substring(1);
    }

    int payment(int row) {
        return (int) payment.getLong(row);
    }

    boolean is(int row, int flag) {
        return (marks.getLong(row) & flag) != 0;
    }

    void mark(int row, int flag, boolean on) {
        marks.set(row, on ? marks.getLong(row) | flag : marks.getLong(row) & ~(long) flag);
    }

    /** The currency in payment state; blank if it is not known. */
    String currency(int row) {
        return currency(row, FLAG_BITS);
    }

    void setCurrency(int row, String code) {
        setCurrency(row, FLAG_BITS, code);
    }

    String reportedCurrency(int row) {
        return currency(row, FLAG_BITS + CURRENCY_BITS);
    }

    void setReportedCurrency(int row, String code) {
        setCurrency(row, FLAG_BITS + CURRENCY_BITS, code);
    }

    private String currency(int row, int shift) {
        var number = (int) (marks.getLong(row) >> shift & (1 << CURRENCY_BITS) - 1);
        return number == 0 ? "" : currencies.get(number - 1);
    }

    private void setCurrency(int row, int shift, String code) {
        var number = currencies.indexOf(code) + 1;
        if (number == 0) {
            currencies.add(code);
            number = currencies.size();
        }
        var others = marks.getLong(row) & ~((1L << CURRENCY_BITS) - 1 << shift);
        marks.set(row, others | (long) number << shift);
    }

    private static String key(FactClass factClass, String id) {
        return factClass.ordinal() + id;
    }
}
