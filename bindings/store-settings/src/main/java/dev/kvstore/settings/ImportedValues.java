package dev.kvstore.settings;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/** Keeps the values of imported groups out of the actuator's endpoints, such as {@code env}. */
class ImportedValues implements SanitizingFunction {

    @Override
    public SanitizableData apply(SanitizableData data) {
        boolean imported = data.getPropertySource() != null
                && data.getPropertySource().getName().startsWith(ImportedGroup.PREFIX);
        return imported ? data.withSanitizedValue() : data;
    }
}
