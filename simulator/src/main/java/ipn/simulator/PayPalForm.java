package ipn.simulator;

import ipn.gateway.content.Bytes;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/** A form in windows-1252, fields in the order added. */
final class PayPalForm {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private final List<String> fields = new ArrayList<>();

    PayPalForm add(String name, String value) {
        fields.add(name + "=" + URLEncoder.encode(value, WINDOWS_1252));
        return this;
    }

    Bytes bytes() {
        return Bytes.utf8(String.join("&", fields));
    }
}
