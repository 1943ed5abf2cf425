package ipn.operations.reconcile.match;

import ipn.operations.reconcile.report.LineKind.FactClass;
import java.util.ArrayList;
import java.util.List;

/**
 * What payment state knows and what the report says of each capture, refund and dispute, side by side: some 150 bytes each,
 * and no object.
 */
final class FactTable {
    /** No amount, where there may be one. */
    static final long NONE = Long.MIN_VALUE;

    static final int OURS = 1;
    static final int REPORTED = 1 << 1;
    /** Lines of one fact in several currencies. */
    static final int MIXED = 1 << 2;
    /** May be there, and need not: what a report of a stretch of time shows of something that goes on. */
    static final int EXPECTED = 1 << 3;
    /** Nothing moved in the end, or not for good: none is right as well. */
    static final int NONE_IS_RIGHT = 1 << 4;

    private static final int FLAG_BITS = 8;
    private static final int CURRENCY_BITS = 10;

    private final KeyTable keys = new KeyTable();
    final LongColumn payment = new LongColumn();
    final LongColumn amount = new LongColumn();
    final LongColumn fee = new LongColumn();
    final LongColumn at = new LongColumn();
    final LongColumn reported = new LongColumn();
    final LongColumn reportedFee = new LongColumn();
    final LongColumn reportedAt = new LongColumn();
    final LongColumn line = new LongColumn();
    /** The first line that can be injected; 0 where there is none. */
    final LongColumn injectable = new LongColumn();

    private final LongColumn marks = new LongColumn();
    private final List<String> currencies = new ArrayList<>();

    int size() {
        return keys.size();
    }

    /** Its number; a new row is empty. */
    int add(FactClass factClass, String id) {
        var before = keys.size();
        var row = keys.add(key(factClass, id));
        if (row == before) {
            for (var column : List.of(payment, amount, reported, at, reportedAt, line, injectable, marks)) {
                column.set(row, 0);
            }
            fee.set(row, NONE);
            reportedFee.set(row, NONE);
        }
        return row;
    }

    int find(FactClass factClass, String id) {
        return keys.find(key(factClass, id));
    }

    FactClass factClass(int row) {
        return FactClass.values()[keys.text(row).charAt(0) - '0'];
    }

    String id(int row) {
        return keys.text(row).substring(1);
    }

    boolean is(int row, int flag) {
        return (marks.get(row) & flag) != 0;
    }

    void mark(int row, int flag, boolean on) {
        marks.set(row, on ? marks.get(row) | flag : marks.get(row) & ~(long) flag);
    }

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

    /** Blank where none was set. */
    private String currency(int row, int shift) {
        var number = (int) (marks.get(row) >> shift & (1 << CURRENCY_BITS) - 1);
        return number == 0 ? "" : currencies.get(number - 1);
    }

    private void setCurrency(int row, int shift, String code) {
        var number = currencies.indexOf(code) + 1;
        if (number == 0) {
            currencies.add(code);
            number = currencies.size();
        }
        var others = marks.get(row) & ~((1L << CURRENCY_BITS) - 1 << shift);
        marks.set(row, others | (long) number << shift);
    }

    private static String key(FactClass factClass, String id) {
        return factClass.ordinal() + id;
    }
}
