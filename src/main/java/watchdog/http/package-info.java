/** Sockets, and raw HTTP/1.0 over them: one request, one connection. Knows nothing of Docker. */
@NullMarked
package watchdog.http;

import org.jspecify.annotations.NullMarked;
