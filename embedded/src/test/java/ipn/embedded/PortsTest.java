package ipn.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void the_second_port_of_a_program_differs_from_its_first() {
        var first = Ports.free();
        var candidates = List.of(first, first, Ports.freeBeside(first)).iterator();

        assertThat(Ports.freeBeside(first, candidates::next)).isNotEqualTo(first);
    }

    @Test
    void a_port_in_use_is_passed_over() throws Exception {
        try (var taken = new ServerSocket()) {
            taken.bind(Ports.at(0));
            var free = Ports.free();
            var candidates = List.of(taken.getLocalPort(), free).iterator();

            assertThat(Ports.freeBeside(0, candidates::next)).isEqualTo(free);
        }
    }
}
