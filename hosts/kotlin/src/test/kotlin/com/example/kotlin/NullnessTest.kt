package com.example.kotlin

import java.io.ByteArrayOutputStream
import java.io.PrintStream
import java.nio.file.Path
import kotlin.io.path.writeText
import org.assertj.core.api.Assertions.assertThat
import org.jetbrains.kotlin.cli.common.ExitCode
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Kotlin's compiler knows from JSpecify's annotations that nothing of the store is nullable. */
class NullnessTest {

    @TempDir
    lateinit var directory: Path

    @Test
    fun `calls without null compile and lambdas need no type`() {
        val calls = arrayOf(
            "names.set(\"1\", \"Ada\")",
            "val name: String? = names.get(\"1\").orElse(null)",
            "names.asMap().merge(\"1\", \"b\") { one, other -> one + other }",
            "changes.subscribe { change -> println(change.key) }",
            "changes.subscribe(\"index\", setOf(\"names\")) { if (it.kind == KvChange.Kind.SET) println(it.key) }.use { }",
            "leases.tryAcquire(\"job\", Duration.ofSeconds(1)).ifPresent { lease -> lease.use { println(it.token()) } }",
            "names.entries(KvRange.all()).map { it.key to it.value }.forEach { (key, value) -> println(key + value) }",
        )

        assertThat(linesWithErrors(*calls)).isEmpty()
    }

    @Test
    fun `null is an error of the compiler`() {
        val calls = arrayOf(
            "kv.group(null)",
            "names.get(null)",
            "names.set(\"1\", null)",
            "names.set(\"1\", maybe)",
            "names.setAll(mapOf(\"1\" to null))",
            "names.compareAndSet(\"1\", 0, null, Expiry.never())",
            "names.getAll(listOf(null))",
            "kv.batch().set(names, \"1\", null)",
            "Expiry.after(null)",
            "KvRange.prefix(null)",
        )

        assertThat(linesWithErrors(*calls)).containsExactlyElementsOf(calls.indices.map { it + 1 })
    }

    /** Compiles one call a line, and returns the numbers of the lines that the compiler refuses. */
    private fun linesWithErrors(vararg calls: String): List<Int> {
        val parameters = "kv: KvStore, names: KvGroup<String>, maybe: String?, changes: KvChanges, leases: KvLeases"
        val head = "import dev.kvstore.*; import java.time.Duration; fun calls($parameters) {"
        val source = directory.resolve("Calls.kt")
        source.writeText(calls.joinToString("\n", "$head\n", "\n}"))
        val messages = ByteArrayOutputStream()
        val result = K2JVMCompiler().exec(
            PrintStream(messages),
            "-no-stdlib", "-no-reflect",
            "-classpath", System.getProperty("java.class.path"),
            "-d", directory.resolve("classes").toString(),
            source.toString(),
        )
        val lines = Regex("Calls\\.kt:(\\d+):\\d+: error:").findAll(messages.toString()).map { it.groupValues[1].toInt() - 1 }
        assertThat(result).describedAs(messages.toString()).isIn(ExitCode.OK, ExitCode.COMPILATION_ERROR)
        return lines.distinct().sorted().toList()
    }
}
