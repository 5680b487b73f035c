package watchdog.http;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;

/**
 * The files by which TLS is spoken, all in PEM.
 *
 * @param verify whether the engine's certificate and name are checked
 * @param authorities those that may vouch for the engine; none for those of Java
 * @param certificate what watchdog shows to an engine that asks for it, with a key
 * @param key of that certificate, in PKCS#8
 */
public record TlsFiles(boolean verify, Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key) {

    /**
     * Reads them.
     *
     * @throws IOException if one cannot be, or is missing; the message names it
     */
    TlsIdentity read() throws IOException {
        if (certificate.isPresent() != key.isPresent()) {
            Path alone = certificate.or(() -> key).orElseThrow();
            throw new IOException(alone + " is of no use alone: a certificate and its key go together");
        }
        List<Certificate> trusted = verify && authorities.isPresent() ? Pem.certificates(authorities.get()) : List.of();
        if (certificate.isEmpty() || key.isEmpty()) {
            return new TlsIdentity(verify, trusted, List.of(), Optional.empty());
        }
        List<Certificate> own = Pem.certificates(certificate.get());
        PrivateKey its = Pem.key(key.get(), own.get(0).getPublicKey().getAlgorithm());
        return new TlsIdentity(verify, trusted, own, Optional.of(its));
    }
}
