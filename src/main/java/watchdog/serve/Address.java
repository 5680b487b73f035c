package watchdog.serve;

import java.util.regex.Pattern;

/** Literal addresses of IPv4, and of IPv6 in brackets: what nobody can have a name server say. */
final class Address {

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern LITERAL =
            Pattern.compile(BYTE + "(\\." + BYTE + "){3}|\\[(?=[^\\]]*:)[0-9a-fA-F:.]{2,45}\\]");

    private Address() {}

    static boolean isLiteral(String text) {
        return LITERAL.matcher(text).matches();
    }
}
