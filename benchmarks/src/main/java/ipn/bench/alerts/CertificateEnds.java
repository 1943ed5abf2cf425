package ipn.bench.alerts;

import java.io.IOException;
import java.util.Set;

/** A certificate was not renewed in time. */
final class CertificateEnds implements AlertFault {
    private static final int SOON_DAYS = 3;
    private static final int RENEWED_DAYS = 90;

    @Override
    public Known known() {
        return new Known(
                "certificate-ending",
                "the stage `access` presents a certificate that ends in 3 days",
                Set.of("IpnCertificateEnds"),
                Set.of(),
                "certificates.md");
    }

    @Override
    public void plant(Scene scene) throws IOException, InterruptedException {
        scene.files().writeCertificate(SOON_DAYS);
    }

    @Override
    public void mend(Scene scene) throws IOException, InterruptedException {
        scene.files().writeCertificate(RENEWED_DAYS);
        scene.transcript().did("certificate and key in the files of `access.tls` are replaced by renewed ones");
    }
}
