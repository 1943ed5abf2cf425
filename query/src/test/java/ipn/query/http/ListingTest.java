package ipn.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingTest {
    private static String rows(String path, Map<String, String> parameters) {
        var listing = Listings.named(path).orElseThrow();
        return listing.rows(listing.selected(parameters), parameters);
    }

    /** With millions of payments, reading them in order until one has the id takes minutes. */
    @ParameterizedTest
    @CsvSource({
        "/v1/payments, charge",
        "/v1/payments, event",
        "/v1/payments, invoice",
        "/v1/payments, order",
        "/v1/payments, reference",
        "/v1/search, user",
        "/v1/search, email",
        "/v1/search, text",
        "/v1/decisions, user",
        "/v1/dead-letters, user"
    })
    void rows_of_a_rare_value_are_found_before_they_are_sorted(String path, String parameter) {
        assertThat(rows(path, Map.of(parameter, "value")))
                .startsWith("(SELECT * FROM ")
                .endsWith(" OFFSET 0) AS found WHERE true");
    }

    @Test
    void rows_of_a_frequent_value_are_read_in_order_until_a_page_is_full() {
        assertThat(rows("/v1/search", Map.of("status", "COMPLETED")))
                .isEqualTo("payments WHERE true AND (status = ?::text)");
    }

    @Test
    void conditions_of_all_parameters_are_within_the_search_for_a_rare_value() {
        assertThat(rows("/v1/search", Map.of("status", "COMPLETED", "email", "0".repeat(64))))
                .contains("status = ?::text")
                .endsWith(" OFFSET 0) AS found WHERE true");
    }

    @Test
    void every_list_has_its_table() {
        for (var listing : Listings.ALL) {
            assertThat(rows(listing.path(), Map.of())).isEqualTo(listing.table() + " WHERE true");
        }
        assertThat(List.copyOf(Listings.ALL)).isNotEmpty();
    }
}
