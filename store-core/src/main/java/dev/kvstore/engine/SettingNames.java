package dev.kvstore.engine;

import java.util.function.UnaryOperator;

/** How messages name the settings of a store: as its builder does, or as the users of an integration know them. */
public record SettingNames(UnaryOperator<String> naming) {

    /** The names of the builder. */
    public static final SettingNames OF_BUILDER = new SettingNames(UnaryOperator.identity());

    /** The name of a setting in a message. */
    public String of(String setting) {
        return naming.apply(setting);
    }
}
