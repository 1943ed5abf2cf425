package ipn.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columns_are_as_wide_as_their_widest_cell_and_no_line_ends_in_blanks() {
        var table = new Table("id", "reason", "n").row("a", "MALFORMED", "1").row("a-long-id", "x", "");
        assertThat(table.lines()).containsExactly("id         reason     n", "a          MALFORMED  1", "a-long-id  x");
    }
}
