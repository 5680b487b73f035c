package watchdog.supervise;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import watchdog.policy.Container;
import watchdog.policy.Fact;
import watchdog.policy.WatchList;
import watchdog.report.Observer;

/** For which names, globs and labels of the watch list there is no container, told when that changes: a typo is frequent. */
final class Missing {

    private WatchList watchList;
    private final Observer observer;
    private Set<String> missing = Set.of();

    Missing(WatchList watchList, Observer observer) {
        this.watchList = watchList;
        this.observer = observer;
    }

    /** There is another watch list: what is missing of that, the next listing tells. */
    void watch(WatchList other) {
        watchList = other;
        missing = Set.of();
    }

    /** The names, globs and labels without a container. */
    Set<String> wanted() {
        return missing;
    }

    /** All containers were listed, of which these are watched. */
    void listed(List<Container> watched) {
        Set<String> missingNow = watchList.missingFrom(watched);
        Set<String> newly = new LinkedHashSet<>(missingNow);
        newly.removeAll(missing);
        if (!newly.isEmpty()) {
            observer.tell(new Fact.Missing(newly));
        }
        for (String wanted : missing) {
            if (!missingNow.contains(wanted)) {
                watchList.firstFor(wanted, watched).ifPresent(one -> observer.tell(new Fact.Appeared(wanted, one)));
            }
        }
        missing = missingNow;
    }
}
