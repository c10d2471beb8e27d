package dev.kvstore.sql;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Reports parameters as sources too; otherwise they are lost where a value may be a parameter or something else. */
final class ParameterSources extends SourceInterpreter {

    private int receiver;
    private int next;

    ParameterSources() {
        super(Opcodes.ASM9);
    }

    /** Represents the parameter that holds the value at the start of its method. */
    static final class Begin extends LabelNode {

        private final int index;

        Begin(int index) {
            this.index = index;
        }

        int index() {
            return index;
        }
    }

    @Override
    public SourceValue newParameterValue(boolean isInstanceMethod, int local, Type type) {
        if (isInstanceMethod && local == 0) {
            receiver = 1;
        }
        return new SourceValue(type.getSize(), new Begin(next++ - receiver));
    }
}
