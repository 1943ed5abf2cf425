package ipn.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The forms in which a secret can appear in a text: as configured, without its prefix, decoded, and re-encoded. */
public final class SecretForms {
    /** Shorter forms could appear by coincidence. */
    private static final int LENGTH_MIN = 8;

    private final Set<String> forms = new HashSet<>();

    private SecretForms() {}

    /** All forms of the secrets. */
    public static SecretForms of(Collection<String> secrets) {
        var all = new SecretForms();
        for (var secret : secrets) {
            all.add(secret);
            all.add(secret.substring(secret.indexOf('_') + 1));
            all.add(secret.substring(secret.lastIndexOf('_') + 1));
        }
        return all;
    }

    private void add(String secret) {
        keys(secret).forEach(this::addKey);
        addForm(secret);
        addForm(URLEncoder.encode(secret, UTF_8));
    }

    /** The possible bytes of the key. */
    private static List<byte[]> keys(String secret) {
        var keys = new ArrayList<byte[]>();
        keys.add(secret.getBytes(UTF_8));
        for (var decoder : List.of(Base64.getDecoder(), Base64.getUrlDecoder())) {
            try {
                keys.add(decoder.decode(secret));
            } catch (IllegalArgumentException notBase64) {
                continue;
            }
        }
        try {
            keys.add(HexFormat.of().parseHex(secret));
        } catch (IllegalArgumentException notHex) {
            return keys;
        }
        return keys;
    }

    private void addKey(byte[] key) {
        addForm(new String(key, ISO_8859_1));
        addForm(HexFormat.of().formatHex(key));
        addForm(HexFormat.of().withUpperCase().formatHex(key));
        addForm(Base64.getEncoder().withoutPadding().encodeToString(key));
        addForm(Base64.getUrlEncoder().withoutPadding().encodeToString(key));
        addForm(Arrays.toString(key));
    }

    private void addForm(String form) {
        if (form.length() >= LENGTH_MIN) {
            forms.add(form);
        }
    }

    /** True if the text contains a secret in any form. */
    public boolean isIn(String text) {
        return forms.stream().anyMatch(text::contains);
    }
}
