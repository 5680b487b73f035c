package watchdog.fake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority of a test's own, and what it signs, made by the JDK's keytool: about a second each. */
public final class Certificates {

    /** A certificate of an EC key that nobody has, for a hundred years. */
    public static final String EXAMPLE = """
            -----BEGIN CERTIFICATE-----
            MIIBdjCCARugAwIBAgIUBs3RCNEcBKaXat4nGRUVajSHjGYwCgYIKoZIzj0EAwIw
            DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjcxNDI5MjZaGA8yMTI2MTEwMzE0Mjky
            NlowDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABL7B
            wyvY5UafckazoegoKxjoUapRzoZV+0l/2YYvtBGegDLw80P+chKhkmxWZZQ0mGW0
            G8BlRW7DBe43+fYw6cqjUzBRMB0GA1UdDgQWBBQDDfzROtFhfKNqv9oD7CbNkHkC
            AjAfBgNVHSMEGDAWgBQDDfzROtFhfKNqv9oD7CbNkHkCAjAPBgNVHRMBAf8EBTAD
            AQH/MAoGCCqGSM49BAMCA0kAMEYCIQDwOsOL0SROrSuYWJ1Ec4jWz+1Z1qVBK7CO
            RA+h9gq5OAIhAN3DA3/OFKhbDPTsl0CsdkIgBdQvVwvIgYJQeN58swKc
            -----END CERTIFICATE-----
            """;

    private static final String PASSWORD = "password";
    private static final String AUTHORITY = "ca";

    private final Path folder;
    private final Path store;

    private Certificates(Path folder) {
        this.folder = folder;
        this.store = folder.resolve("keys.p12");
    }

    /** Those that were made in that folder. */
    public static Certificates of(Path folder) {
        return new Certificates(folder);
    }

    /** An authority that is made now, with its files in that folder. */
    public static Certificates in(Path folder) {
        Certificates made = new Certificates(folder);
        made.keytool(AUTHORITY, "-ext", "bc:c=ca:true", "-validity", "2");
        return made;
    }

    /**
     * Signs a certificate for a new key.
     *
     * @param options of {@code keytool -genkeypair}, as {@code -ext} and {@code san=ip:127.0.0.1}
     */
    public Certificates sign(String name, String... options) {
        List<String> all = new ArrayList<>(List.of("-signer", AUTHORITY));
        all.addAll(List.of(options));
        keytool(name, all.toArray(String[]::new));
        return this;
    }

    private void keytool(String name, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(options));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + ": " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while keytool works", e);
        }
    }

    /** The authority's own certificate, in PEM. */
    public Path authority() {
        return certificate(AUTHORITY);
    }

    /** That certificate alone, in PEM. */
    public Path certificate(String name) {
        return with(keys -> {
            byte[] encoded = keys.getCertificate(name).getEncoded();
            return Files.writeString(folder.resolve(name + "-cert.pem"), pem("CERTIFICATE", encoded));
        });
    }

    /** Its key, in PKCS#8 and PEM. */
    public Path key(String name) {
        return with(keys -> {
            byte[] encoded = privateKey(keys, name).getEncoded();
            return Files.writeString(folder.resolve(name + "-key.pem"), pem("PRIVATE KEY", encoded));
        });
    }

    /** A key that {@link #EXAMPLE} might be of, in PKCS#8 and PEM. */
    public static String keyForExample() throws GeneralSecurityException {
        byte[] encoded = KeyPairGenerator.getInstance("EC")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        return pem("PRIVATE KEY", encoded);
    }

    /** Bytes as a file in PEM has them. */
    public static String pem(String label, byte[] bytes) {
        String base64 = Base64.getMimeEncoder().encodeToString(bytes);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    /** What a server with that certificate speaks TLS by; it trusts clients that the authority has signed for. */
    public SSLContext server(String name) {
        return with(keys -> {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry(name, privateKey(keys, name), PASSWORD.toCharArray(), keys.getCertificateChain(name));
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(own, PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(AUTHORITY, keys.getCertificate(AUTHORITY));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        });
    }

    private static PrivateKey privateKey(KeyStore keys, String name) throws GeneralSecurityException {
        PasswordProtection password = new PasswordProtection(PASSWORD.toCharArray());
        return ((KeyStore.PrivateKeyEntry) keys.getEntry(name, password)).getPrivateKey();
    }

    private interface Use<T> {
        T of(KeyStore keys) throws GeneralSecurityException, IOException;
    }

    private <T> T with(Use<T> use) {
        try {
            return use.of(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
