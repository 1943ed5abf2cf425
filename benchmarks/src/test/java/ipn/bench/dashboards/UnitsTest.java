package ipn.bench.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s | 0 | 0 s",
                "s | 0.0000123 | 12.3 µs",
                "s | 0.0523 | 52.3 ms",
                "s | 59 | 59 s",
                "s | 59.97 | 1 min",
                "s | 125 | 2 min 5 s",
                "s | 119.6 | 2 min",
                "s | 3599.7 | 1 h",
                "s | 7200 | 2 h",
                "s | 11520 | 3 h 12 min",
                "s | 86390 | 1 day",
                "s | 93600 | 1 day 2 h",
                "s | 259200 | 3 days",
                "s | 315000 | 3 days 16 h",
                "s | -7200 | -2 h",
                "s | -125 | -2 min 5 s",
                "bytes | 1023 | 1,023 B",
                "bytes | 1536 | 1.5 KiB",
                "bytes | 50331648 | 48 MiB",
                "reqps | 0.0333 | 0.033 req/s",
                "percentunit | 0.125 | 12.5%",
                "none | 1234567 | 1,234,567",
                "none | 0.00002 | 0.00002",
            })
    void a_value_has_three_digits_that_count_or_two_parts_of_a_time_and_its_unit(
            String unit, double value, String text) {
        assertThat(Units.text(unit, value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"s, 59, 1", "s, 60, 60", "s, 90000, 86400", "bytes, 500, 1", "bytes, 50331648, 1048576", "none, 100, 1"
    })
    void an_axis_is_divided_by_what_its_values_are_told_in(String unit, double largest, double base) {
        assertThat(Units.base(unit, largest)).isEqualTo(base);
    }
}
