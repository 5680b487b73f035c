package watchdog.serve;

/** What is found under one path. */
@FunctionalInterface
public interface Resource {

    /** As it is now. It is asked for on threads of the server, at most once a second. */
    Content get();
}
