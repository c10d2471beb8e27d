package dev.kvstore.autoconfigure.actuate;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What health and the endpoint both need. */
@Configuration(proxyBeanMethods = false)
class KvStoreWatchConfiguration {

    @Bean
    @ConditionalOnMissingBean
    KvStoreWatch kvStoreWatch() {
        return new KvStoreWatch();
    }
}
