package watchdog.notify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Certificates of authorities that are trusted beside those of Java.
 *
 * @param certificates at least one
 */
public record Authorities(List<Certificate> certificates) {

    /**
     * Reads a file of certificates in PEM.
     *
     * @throws IOException if that cannot be read, or holds none; the message says which
     */
    public static Authorities read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (all.isEmpty()) {
                throw new IOException("holds no certificate");
            }
            return new Authorities(List.copyOf(all));
        } catch (CertificateException e) {
            throw new IOException("is not a file of certificates in PEM", e);
        } catch (NoSuchFileException e) {
            throw new IOException("is not there", e);
        }
    }

    SSLContext context() throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            List<Certificate> all = new ArrayList<>(certificates);
            for (TrustManager manager : managers(null)) {
                if (manager instanceof X509TrustManager ofJava) {
                    all.addAll(List.<X509Certificate>of(ofJava.getAcceptedIssuers()));
                }
            }
            for (Certificate one : all) {
                store.setCertificateEntry("authority " + store.size(), one);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(store), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot be taken for authorities: " + e.getMessage(), e);
        }
    }

    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
