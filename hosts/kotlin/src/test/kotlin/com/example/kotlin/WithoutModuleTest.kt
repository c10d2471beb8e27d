package com.example.kotlin

import dev.kvstore.sqlite.SqliteKvStore
import java.io.File
import java.net.URLClassLoader
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test
import org.springframework.core.ParameterizedTypeReference

/** Without Jackson's module for Kotlin a class of Kotlin is refused, and not stored so that it cannot be read. */
class WithoutModuleTest {

    @Test
    fun `the dependency to add is named`() {
        val classPath = System.getProperty("java.class.path").split(File.pathSeparator).map(::File)
        val withoutModule = classPath.filterNot { it.name.startsWith("jackson-module-kotlin") }.map { it.toURI().toURL() }

        URLClassLoader(withoutModule.toTypedArray(), ClassLoader.getPlatformClassLoader()).use { loader ->
            val calls = loader.loadClass(Calls::class.java.name).getDeclaredConstructor().newInstance()
            (calls as Runnable).run()
        }
    }

    class Calls : Runnable {
        override fun run() {
            SqliteKvStore.inMemory().use { kv ->
                assertThatThrownBy { kv.group("orders", Order::class.java) }
                    .isInstanceOf(IllegalStateException::class.java)
                    .hasMessageContaining("tools.jackson.module:jackson-module-kotlin")
                assertThatThrownBy { kv.group("orders", object : ParameterizedTypeReference<List<Order>>() {}) }
                    .isInstanceOf(IllegalStateException::class.java)
                    .hasMessageContaining("com.example.kotlin.Order")
            }
        }
    }
}
