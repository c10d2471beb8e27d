package dev.kvstore.benchmarks.contender;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A product with one of its storages. Its text form is a benchmark parameter. */
public record Target(Product product, Storage storage) {

    /** All targets of a storage that this machine can run. */
    public static List<Target> of(Storage storage) {
        return Arrays.stream(Product.values())
                .filter(product -> product.offers(storage) && product.available())
                .map(product -> new Target(product, storage))
                .toList();
    }

    public static Target parse(String text) {
        String[] parts = text.toUpperCase(Locale.ROOT).split("-", 2);
        return new Target(Product.valueOf(parts[0]), Storage.valueOf(parts[1]));
    }

    /** Opens the store in an empty directory, or in one that the same product has filled. */
    public Contender open(Path directory) {
        return product.open(directory, storage);
    }

    /** The same product without waiting for the disk, to fill a store before the measurement. */
    public Target filling() {
        return storage == Storage.FULL ? new Target(product, Storage.NORMAL) : this;
    }

    @Override
    public String toString() {
        return (product + "-" + storage).toLowerCase(Locale.ROOT);
    }
}
