package ipn.bench.dashboards;

import java.util.List;
import java.util.Locale;

/** Values with the units of Grafana that our dashboards use. */
final class Units {
    private static final List<String> BYTES = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final int KIBI = 1024;
    /** Above, three digits are 60 s. */
    private static final double SECONDS_MAX = 59.95;

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Units() {}

    static String text(String unit, double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        return switch (unit) {
            case "s" -> time(value);
            case "bytes" -> bytes(value);
            case "reqps" -> number(value) + " req/s";
            case "percentunit" -> number(value * 100) + "%";
            default -> number(value);
        };
    }

    /** In which parts a value of this size is told, so that an axis has round numbers. */
    static double base(String unit, double value) {
        return switch (unit) {
            case "s" -> value < 60 ? 1 : value < 3_600 ? 60 : value < 86_400 ? 3_600 : 86_400;
            case "bytes" -> value < KIBI ? 1 : Math.pow(KIBI, Math.floor(Math.log(value) / Math.log(KIBI)));
            default -> 1;
        };
    }

    private static String time(double seconds) {
        var size = Math.abs(seconds);
        if (size == 0) {
            return "0 s";
        }
        if (size < 0.001) {
            return number(seconds * 1_000_000) + " µs";
        }
        if (size < 1) {
            return number(seconds * 1_000) + " ms";
        }
        if (size < SECONDS_MAX) {
            return number(seconds) + " s";
        }
        return (seconds < 0 ? "-" : "") + parts(size);
    }

    /** The largest part and the next one, such as {@code 3 h 12 min}, rounded to whole parts. */
    private static String parts(double seconds) {
        var whole = Math.round(seconds);
        if (whole < HOUR) {
            return two(whole, MINUTE, " min", 1, " s");
        }
        var minutes = Math.round(seconds / MINUTE) * MINUTE;
        if (minutes < DAY) {
            return two(minutes, HOUR, " h", MINUTE, " min");
        }
        var hours = Math.round(seconds / HOUR) * HOUR;
        return two(hours, DAY, hours < 2 * DAY ? " day" : " days", HOUR, " h");
    }

    private static String two(long seconds, long large, String largeUnit, long small, String smallUnit) {
        var rest = seconds % large / small;
        return seconds / large + largeUnit + (rest == 0 ? "" : " " + rest + smallUnit);
    }

    private static String bytes(double bytes) {
        var left = bytes;
        var unit = 0;
        while (Math.abs(left) >= KIBI && unit < BYTES.size() - 1) {
            left /= KIBI;
            unit++;
        }
        return number(left) + " " + BYTES.get(unit);
    }

    /** Three digits that count, and no more zeros than needed. */
    private static String number(double value) {
        var size = Math.abs(value);
        if (value == Math.rint(value) || size >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        var digits = size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : 5;
        return String.format(Locale.ROOT, "%." + digits + "f", value)
                .replaceAll("0+$", "")
                .replaceAll("\\.$", "");
    }
}
