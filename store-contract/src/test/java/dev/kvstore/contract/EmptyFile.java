package dev.kvstore.contract;

import dev.kvstore.sqlite.SqliteKvStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of an empty store, to be copied: to create one takes longer than most cases of the contract. */
final class EmptyFile {

    private static final byte[] CONTENTS = create();

    private EmptyFile() {}

    private static byte[] create() {
        try {
            Path directory = Files.createTempDirectory("kvstore");
            Path file = directory.resolve("empty.db");
            SqliteKvStore.open(file).close();
            byte[] contents = Files.readAllBytes(file);
            Files.delete(file);
            Files.delete(directory);
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path writeTo(Path file) {
        try {
            return Files.write(file, CONTENTS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
