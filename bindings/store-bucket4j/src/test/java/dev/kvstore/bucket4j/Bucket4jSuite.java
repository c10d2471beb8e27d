package dev.kvstore.bucket4j;

import dev.kvstore.Durability;
import dev.kvstore.KvStore;
import io.github.bucket4j.tck.AbstractDistributedBucketTest;
import io.github.bucket4j.tck.ProxyManagerSpec;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;

/** Bucket4j's own suite, which sleeps, and is the same for every proxy manager. */
abstract class Bucket4jSuite extends AbstractDistributedBucketTest {

    /** The suite asks for the managers in a static field. */
    static void test(KvStore store) {
        specs = List.of(new ProxyManagerSpec<>(
                        "KvProxyManager",
                        () -> UUID.randomUUID().toString(),
                        () -> KvProxyManager.builder(
                                        store.group("buckets", byte[].class).durability(Durability.NORMAL))
                                .executor(ForkJoinPool.commonPool()))
                .checkExpiration());
    }
}
