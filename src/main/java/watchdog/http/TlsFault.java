package watchdog.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

/** What goes wrong with TLS, in words that say what to do: Java's own mostly do not. */
final class TlsFault {

    private TlsFault() {}

    static IOException explained(IOException fault) {
        return new IOException(words(fault), fault);
    }

    private static String words(IOException fault) {
        String said = String.valueOf(fault.getMessage());
        if (hasCause(fault, SocketTimeoutException.class)) {
            return "no TLS in time: is it the engine that listens there?";
        }
        if (hasCause(fault, CertificateExpiredException.class)) {
            return "the engine's certificate has expired (" + last(fault).getMessage() + ")";
        }
        if (hasCause(fault, CertificateNotYetValidException.class)) {
            return "the engine's certificate is not valid yet (" + last(fault).getMessage() + "): is the clock right?";
        }
        if (hasCause(fault, CertPathBuilderException.class) || hasCause(fault, CertPathValidatorException.class)) {
            return "the engine's certificate is from no authority that is trusted: is --tlscacert the right one? ("
                    + last(fault).getMessage() + ")";
        }
        if (hasCause(fault, CertificateException.class)) {
            return "the engine's certificate is for another host ("
                    + last(fault).getMessage() + ")";
        }
        if (said.contains("fatal alert")) {
            return "the engine refuses TLS (" + said + "): are --tlscert and --tlskey what it asks for?";
        }
        return "no TLS: " + said + ": does the engine speak TLS there?";
    }

    private static boolean hasCause(Throwable fault, Class<?> type) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable last(Throwable fault) {
        Throwable last = fault;
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            last = cause;
        }
        return last;
    }
}
