package ipn.gateway.paypal;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** The host names in a certificate: its subject alternative names where it has any, else its common name. */
record SubjectNames(X509Certificate certificate) {
    private static final int DNS_NAME = 2;

    boolean has(String name) {
        try {
            var alternatives = Optional.ofNullable(certificate.getSubjectAlternativeNames());
            return alternatives.isPresent()
                    ? alternatives.get().stream().anyMatch(each -> isDnsName(each, name))
                    : commonNames().anyMatch(name::equals);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static boolean isDnsName(List<?> alternative, String name) {
        return Integer.valueOf(DNS_NAME).equals(alternative.get(0)) && name.equals(alternative.get(1));
    }

    private Stream<String> commonNames() {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> part.getValue().toString());
        } catch (InvalidNameException e) {
            return Stream.empty();
        }
    }
}
