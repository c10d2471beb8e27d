package dev.kvstore.session;

import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Warns at start if another repository of sessions was preferred, as nobody would look for the reason elsewhere. */
final class OtherRepositoryNotice implements SmartInitializingSingleton {

    private static final Log log = LogFactory.getLog(OtherRepositoryNotice.class);

    private final ListableBeanFactory beans;
    private final Class<?> repositories;
    private final Class<?> ours;

    OtherRepositoryNotice(ListableBeanFactory beans, Class<?> repositories, Class<?> ours) {
        this.beans = beans;
        this.repositories = repositories;
        this.ours = ours;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> names = List.of(beans.getBeanNamesForType(repositories, true, false));
        if (!names.isEmpty() && names.stream().noneMatch(name -> beans.isTypeMatch(name, ours))) {
            log.warn("Sessions are not in the KvStore, although store-session is on the class path: the bean '"
                    + names.get(0) + "' of " + beans.getType(names.get(0))
                    + " is preferred. Remove that bean, or the dependency that makes it, to have them in the KvStore;"
                    + " remove store-session, or set 'kvstore.session.enabled' to false, to silence this warning");
        }
    }
}
