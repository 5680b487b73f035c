package watchdog.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import watchdog.fake.Certificates;

/** What is said of files for TLS that are not what they should be. */
class TlsFilesTest {

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;

    @BeforeEach
    void write() throws IOException, GeneralSecurityException {
        certificate = Files.writeString(folder.resolve("cert.pem"), Certificates.EXAMPLE);
        key = folder.resolve("key.pem");
        key("PRIVATE KEY", "EC");
    }

    private void key(String label, String algorithm) throws IOException, GeneralSecurityException {
        byte[] bytes = KeyPairGenerator.getInstance(algorithm)
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        Files.writeString(key, "Bag Attributes\n" + Certificates.pem(label, bytes));
    }

    private TlsIdentity read() throws IOException {
        return new TlsFiles(true, Optional.of(certificate), Optional.of(certificate), Optional.of(key)).read();
    }

    private void assertRefused(String message) {
        assertThatExceptionOfType(IOException.class).isThrownBy(this::read).withMessage(message);
    }

    @Test
    void areRead() throws IOException {
        TlsIdentity identity = read();
        assertThat(identity.authorities()).hasSize(1).isEqualTo(identity.chain());
        assertThat(identity.key().orElseThrow().getFormat()).isEqualTo("PKCS#8");
        assertThat(identity.context().getProtocol()).isEqualTo("TLS");
    }

    @Test
    void authoritiesAreNotReadWhereNothingIsChecked() throws IOException {
        Path none = folder.resolve("none.pem");
        TlsFiles files = new TlsFiles(false, Optional.of(none), Optional.empty(), Optional.empty());

        assertThat(files.read().authorities()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"RSA PRIVATE KEY, in PKCS#1", "EC PRIVATE KEY, in SEC1", "ENCRYPTED PRIVATE KEY, with a password"})
    void aKeyInAnotherFormIsRefusedWithWhatMendsIt(String label, String form)
            throws IOException, GeneralSecurityException {
        key(label, "EC");

        assertRefused(key + " holds a key " + form
                + ", which is not read; mend it by openssl pkcs8 -topk8 -nocrypt -in " + key + " -out key8.pem");
    }

    @Test
    void aKeyOfAnotherAlgorithmThanTheCertificatesIsRefused() throws IOException, GeneralSecurityException {
        key("PRIVATE KEY", "RSA");

        assertRefused(key + " holds no EC key, as its certificate has");
    }

    @Test
    void aKeyThatIsNoneIsRefused() throws IOException {
        Files.writeString(key, Certificates.EXAMPLE);
        assertRefused(key + " holds no private key in PEM");
        Files.writeString(key, Certificates.pem("PRIVATE KEY", new byte[] {1}));
        assertRefused(key + " holds no EC key, as its certificate has");
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws IOException {
        Files.delete(key);
        assertRefused(key + " is not there");
        Files.delete(certificate);
        assertRefused(certificate + " is not there");
    }

    @Test
    void aFolderIsNoFile() throws IOException {
        Files.delete(key);
        Files.createDirectory(key);
        assertRefused(key + " cannot be read: Is a directory");
    }

    @Test
    void certificatesThatAreNoneAreRefused() throws IOException {
        Files.writeString(certificate, "");
        assertRefused(certificate + " holds no certificate");
        Files.writeString(certificate, "-----BEGIN CERTIFICATE-----\nno\n");
        assertRefused(certificate + " is not a file of certificates in PEM");
    }

    @Test
    void aCertificateAndItsKeyGoTogether() {
        TlsFiles files = new TlsFiles(true, Optional.empty(), Optional.of(certificate), Optional.empty());

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(files::read)
                .withMessage(certificate + " is of no use alone: a certificate and its key go together");
    }
}
