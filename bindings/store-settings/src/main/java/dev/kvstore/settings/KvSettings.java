package dev.kvstore.settings;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Settings that are bound from a group of the store and change with it while the application runs. Create them with a
 * {@link KvSettingsBinder}.
 *
 * <pre>{@code
 * record Limits(int requests, Duration window) {}
 *
 * int requests(KvSettings<Limits> limits) {
 *     return limits.get().requests(); // a field read; no input or output
 * }
 * }</pre>
 *
 * <p>A new value is read from the group at one moment, bound and validated as a whole, and then replaces the old one at
 * once: no caller sees half of a batch. A group that cannot be bound is refused: the last good value stays, a warning
 * is logged, and the actuator's health shows it. Thread-safe.
 *
 * @param <T> the type of the settings
 * @since 0.1
 */
public interface KvSettings<T> extends Supplier<T> {

    /** Returns the current settings. Never blocks, and never reads the store. */
    @Override
    T get();

    /** Returns the name of the group. */
    String group();

    /**
     * Calls a listener after each change, with the new settings, on a thread of the watch. What it throws is logged,
     * and does not keep other listeners from being called.
     *
     * @return ends the calls when it is closed
     */
    Registration onChange(Consumer<? super T> listener);

    /**
     * Reads the group now, instead of waiting until a change is noticed.
     *
     * @return the settings afterwards: the last good ones if the group is refused
     * @throws org.springframework.dao.DataAccessException if the store cannot be read
     */
    T refresh();

    /** Returns why the group, as it is now, was refused, without any value; empty if it is in use. */
    Optional<String> refusal();

    /**
     * A listener that was registered.
     *
     * <pre>{@code
     * record Limits(int requests) {}
     *
     * void watch(KvSettings<Limits> settings) {
     *     KvSettings.Registration registration = settings.onChange(limits -> System.out.println(limits.requests()));
     *     registration.close();
     * }
     * }</pre>
     *
     * @since 0.1
     */
    interface Registration extends AutoCloseable {

        /** Ends the calls. Closing again has no effect. */
        @Override
        void close();
    }
}
