package watchdog.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads files in PEM (RFC 7468). The message of each exception names the file. */
final class Pem {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----(.*?)-----END", Pattern.DOTALL);

    private Pem() {}

    /** All certificates of a file, at least one. */
    static List<Certificate> certificates(Path file) throws IOException {
        byte[] text = bytes(file);
        try {
            List<Certificate> all = List.copyOf(
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(text)));
            if (all.isEmpty()) {
                throw new IOException(file + " holds no certificate");
            }
            return all;
        } catch (CertificateException e) {
            throw new IOException(file + " is not a file of certificates in PEM", e);
        }
    }

    /**
     * The first key of a file, which must be in PKCS#8 (RFC 5958): Java reads no other form.
     *
     * @param algorithm of its certificate's key, as {@code RSA}
     */
    static PrivateKey key(Path file, String algorithm) throws IOException {
        Matcher key = KEY.matcher(new String(bytes(file), ISO_8859_1));
        if (!key.find()) {
            throw new IOException(file + " holds no private key in PEM");
        }
        if (!key.group(1).isEmpty()) {
            throw new IOException(file + " holds a key " + form(key.group(1)) + ", which is not read; mend it by"
                    + " openssl pkcs8 -topk8 -nocrypt -in " + file + " -out key8.pem");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(key.group(2));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + " holds no " + algorithm + " key, as its certificate has", e);
        }
    }

    private static String form(String label) {
        return switch (label) {
            case "RSA " -> "in PKCS#1";
            case "EC " -> "in SEC1";
            case "ENCRYPTED " -> "with a password";
            default -> "of the kind " + label.strip();
        };
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is not there", e);
        } catch (AccessDeniedException e) {
            throw new IOException(file + " may not be read: permission denied", e);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
