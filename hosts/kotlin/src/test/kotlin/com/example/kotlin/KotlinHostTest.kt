package com.example.kotlin

import dev.kvstore.Expiry
import dev.kvstore.KvCodec
import dev.kvstore.KvGroup
import dev.kvstore.KvRange
import dev.kvstore.KvStore
import dev.kvstore.sqlite.SqliteKvStore
import java.net.URI
import java.time.Duration
import java.util.Optional
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.springframework.core.ParameterizedTypeReference

data class Order(val id: Long, val items: List<String>, val isPaid: Boolean, val note: String? = "none")

/** The store as Kotlin code sees it: nothing is nullable, and lambdas need no type. */
class KotlinHostTest {

    private val kv: KvStore = SqliteKvStore.inMemory()

    @AfterEach
    fun close() = (kv as AutoCloseable).close()

    @Test
    fun `text and other simple types`() {
        val names: KvGroup<String> = kv.group("names")
        val visits: KvGroup<Int> = kv.group("visits", Int::class.java)

        names.set("1", "Ada", Duration.ofHours(8))
        visits.set("ada", 41)

        val name: String? = names.get("1").orElse(null)
        val sum: Long = visits.increment("ada", 1)
        assertThat(name).isEqualTo("Ada")
        assertThat(sum).isEqualTo(42)
        assertThat(visits.require("ada") + 1).isEqualTo(43)
    }

    @Test
    fun `data classes are JSON`() {
        val orders = kv.group("orders", Order::class.java)
        val lists = kv.group("lists", object : ParameterizedTypeReference<List<Order>>() {})
        val order = Order(7, listOf("tea"), isPaid = true, note = null)

        orders.set("7", order)
        lists.set("all", listOf(order))

        assertThat(orders.require("7")).isEqualTo(order)
        assertThat(lists.require("all").first().items).containsExactly("tea")
        assertThat(kv.require("orders", "7")).isEqualTo("""{"id":7,"items":["tea"],"isPaid":true,"note":null}""")

        kv.set("orders", "8", """{"id":8,"items":[],"isPaid":false}""")
        assertThat(orders.require("8")).isEqualTo(Order(8, listOf(), isPaid = false, note = "none"))
    }

    @Test
    fun `lambdas need no type`() {
        val counts: KvGroup<Long> = kv.group("counts", Long::class.java)

        val updated: Optional<Long> = counts.update("a", Expiry.never()) { old -> Optional.of(old.orElse(0) + 1) }
        val computed: Long = counts.getOrCompute("b", Expiry.after(Duration.ofMinutes(1))) { 5 }
        val pages = kv.group("pages", KvCodec.text({ uri -> uri.toString() }, { text -> URI.create(text) }))
        pages.set("home", URI("/"))

        assertThat(updated).contains(1)
        assertThat(computed).isEqualTo(5)
        assertThat(pages.require("home").path).isEqualTo("/")
        assertThat(counts.asMap().merge("a", 2) { one, other -> one + other }).isEqualTo(3)
    }

    @Test
    fun `entries, ranges and batches`() {
        val stock = kv.group("stock", Long::class.java)
        stock.setAll(mapOf("apple" to 3, "pear" to 5))

        for (entry in stock.entries(KvRange.prefix("a").limit(10))) {
            val (key, value) = entry.key to entry.value
            val done = kv.batch().check(stock, key, entry.version).set(stock, key, value - 1).commit()
            assertThat(done).isTrue()
        }

        assertThat(stock.getAll(listOf("apple", "plum"))).isEqualTo(mapOf("apple" to 2L))
        assertThat(stock.deleteAll(KvRange.all().reversed().limit(1))).isEqualTo(1)
        assertThat(stock.deleteAll(listOf("apple"))).isEqualTo(1)
    }
}
