package ipn.gateway.paypalipn;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/** Replays the saved inputs in every build; hunts for new ones with {@code JAZZER_FUZZ=1}. */
@Tag("jazzer")
class IpnFuzzTest {

    @FuzzTest(maxDuration = "20s")
    void whatever_comes_is_answered(byte[] body) {
        IpnNoiseTest.answers(body);
    }
}
