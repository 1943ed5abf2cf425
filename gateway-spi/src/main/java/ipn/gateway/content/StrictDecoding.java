package ipn.gateway.content;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Decodes signatures only as gateways write them, so that no second spelling of a genuine one exists. */
public final class StrictDecoding {
    private StrictDecoding() {}

    /** Lower-case hex of an even number of digits, at least one byte. */
    public static Optional<Bytes> hex(String text) {
        if (text.isEmpty() || text.length() % 2 != 0) {
            return Optional.empty();
        }
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return Optional.empty();
            }
        }
        return Optional.of(Bytes.wrap(HexFormat.of().parseHex(text)));
    }

    /** Standard base64 with its padding and nothing in the unused bits, at least one byte. */
    public static Optional<Bytes> base64(String text) {
        try {
            var bytes = Base64.getDecoder().decode(text);
            // the JDK takes missing padding and stray bits; writing it again shows whether this was the one spelling
            return bytes.length > 0 && Base64.getEncoder().encodeToString(bytes).equals(text)
                    ? Optional.of(Bytes.wrap(bytes))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** base64url as RFC 7515 writes it, without padding and with nothing in the unused bits, at least one byte. */
    public static Optional<Bytes> base64Url(String text) {
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            return bytes.length > 0
                            && Base64.getUrlEncoder()
                                    .withoutPadding()
                                    .encodeToString(bytes)
                                    .equals(text)
                    ? Optional.of(Bytes.wrap(bytes))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A time in whole seconds since 1970, written as one would print it: no sign, no blanks, no leading zeros. */
    public static Optional<Long> epochSeconds(String text) {
        var plain = !text.isEmpty()
                && text.length() <= 12
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
        return plain ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
