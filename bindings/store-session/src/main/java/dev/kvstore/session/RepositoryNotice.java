package dev.kvstore.session;

import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Says at start where sessions are, and warns if another repository was preferred: nobody would look for it here. */
final class RepositoryNotice implements SmartInitializingSingleton {

    private static final Log log = LogFactory.getLog(RepositoryNotice.class);

    private final ListableBeanFactory beans;
    private final Class<?> repositories;
    private final Class<?> ours;

    RepositoryNotice(ListableBeanFactory beans, Class<?> repositories, Class<?> ours) {
        this.beans = beans;
        this.repositories = repositories;
        this.ours = ours;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> names = List.of(beans.getBeanNamesForType(repositories, true, false));
        if (names.stream().anyMatch(name -> beans.isTypeMatch(name, ours))) {
            log.info("Sessions are in the KvStore");
        } else if (!names.isEmpty()) {
            log.warn("Sessions are not in the KvStore, although store-session is on the class path: the bean '"
                    + names.get(0) + "' of " + beans.getType(names.get(0))
                    + " is preferred. Remove that bean, or the dependency that makes it, to have them in the KvStore;"
                    + " remove store-session, or set 'kvstore.session.enabled' to false, to silence this warning");
        }
    }
}
