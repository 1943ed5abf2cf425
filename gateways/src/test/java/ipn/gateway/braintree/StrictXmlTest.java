package ipn.gateway.braintree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ipn.gateway.content.Bytes;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XML read as JSON, and nothing of what else XML can do. */
class StrictXmlTest {
    @Test
    void elements_are_objects_texts_and_lists() {
        var read = read("<a><b>1</b> <!-- no --> <c><d/><d>x</d></c><e nil=\"true\"/><f><![CDATA[<&>]]>&amp;</f></a>");
        assertThat(read.node().toString())
                .isEqualTo("{\"b\":\"1\",\"c\":{\"d\":[\"\",\"x\"]},\"e\":null,\"f\":\"<&>&\"}");
    }

    @Test
    void blanks_and_a_declaration_around_it_are_fine() {
        assertThat(read("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n <a> x </a> \n")
                        .node()
                        .textValue())
                .isEqualTo(" x ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a SYSTEM \"%s\"><a/>",
                "<!DOCTYPE a PUBLIC \"x\" \"%s\"><a/>",
                "<!DOCTYPE a [<!ENTITY e SYSTEM \"%s\">]><a>&e;</a>",
                "<!DOCTYPE a [<!ENTITY %% e SYSTEM \"%s\">%%e;]><a/>",
                "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"%s\" parse=\"text\"/></a>",
                "<a xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"x %s\"/>",
                "<?xml-stylesheet href=\"%s\"?><a/>"
            })
    void nothing_is_fetched(String xml, @TempDir Path folder) throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "whispered");
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(1);
            for (var address : new String[] {
                "http://127.0.0.1:" + Integer.toString(server.getLocalPort()) + "/x",
                secret.toUri().toString()
            }) {
                var refused = catchThrowableOfType(RefusedException.class, () -> read(xml.formatted(address)));
                assertThat(refused).isNotNull();
                assertThat(refused.getMessage()).doesNotContain("whispered").doesNotContain(address);
            }
            assertThat(catchThrowableOfType(SocketTimeoutException.class, server::accept))
                    .as("nobody called")
                    .isNotNull();
        }
    }

    private static JsonField read(String xml) {
        return StrictXml.read(Bytes.utf8(xml), "a");
    }
}
