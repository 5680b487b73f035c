package watchdog.supervise;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import watchdog.policy.Container;
import watchdog.policy.WatchList;
import watchdog.report.Observer;

/** Which of the listed names have no container, told when that changes: a typo is the most frequent mistake. */
final class MissingNames {

    private final WatchList watchList;
    private final Observer observer;

    private Set<String> missing = Set.of();

    MissingNames(WatchList watchList, Observer observer) {
        this.watchList = watchList;
        this.observer = observer;
    }

    void listed(List<Container> watched) {
        Set<String> names = watched.stream().map(Container::name).collect(Collectors.toSet());
        Set<String> missingNow = watchList.missingFrom(names);
        Set<String> newly = new LinkedHashSet<>(missingNow);
        newly.removeAll(missing);
        if (!newly.isEmpty()) {
            observer.missing(newly);
        }
        missing.stream().filter(name -> !missingNow.contains(name)).forEach(observer::appeared);
        missing = missingNow;
    }
}
