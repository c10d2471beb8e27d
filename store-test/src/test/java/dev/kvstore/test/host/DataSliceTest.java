package dev.kvstore.test.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kvstore.KvStore;
import dev.kvstore.test.autoconfigure.AutoConfigureKvStore;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;

class DataSliceTest {

    @Nested
    @DataJpaTest
    @AutoConfigureKvStore
    class WithTheAnnotation {

        @Test
        void theStoreIsPresent(@Autowired KvStore kv) {
            kv.set("group", "key", "value");
            assertThat(kv.get("group", "key")).contains("value");
        }
    }

    @Nested
    @DataJpaTest
    class WithoutTheAnnotation {

        @Test
        void theStoreIsAbsent(@Autowired ObjectProvider<KvStore> kv) {
            assertThat(kv.getIfAvailable()).isNull();
        }
    }
}
