package dev.kvstore.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceValue;

/**
 * Finds the origins of SQL text in compiled classes: every SQL argument of JDBC is traced back through variables,
 * parameters and captured variables of lambdas to its origin. Only constants are allowed; the compiler has already
 * concatenated constants into one.
 */
final class SqlOrigins {

    private final SqlCalls calls = new SqlCalls();
    private final Set<String> forwarders;
    private final List<Code> codes = new ArrayList<>();
    private final Set<Parameter> asked = new HashSet<>();
    private final Set<String> arraysAsked = new HashSet<>();
    private final Deque<Parameter> sqlParameters = new ArrayDeque<>();
    private final Set<String> findings = new TreeSet<>();

    /** A parameter of a method in the analyzed classes that is passed on as SQL. */
    private record Parameter(Code code, int index) {}

    private record Code(ClassNode type, MethodNode method, List<Frame<SourceValue>> frames) {

        String name() {
            return type.name + "." + method.name + method.desc;
        }
    }

    private SqlOrigins(Set<String> forwarders) {
        this.forwarders = forwarders;
    }

    /**
     * Returns the code locations that build SQL from anything but constants.
     *
     * @param forwarders simple names of classes that only pass on SQL that JDBC hands to them
     */
    static Set<String> otherThanConstants(List<ClassNode> classes, Set<String> forwarders) {
        SqlOrigins origins = new SqlOrigins(forwarders);
        classes.forEach(origins::analyze);
        origins.codes.forEach(origins::followCallsOfJdbc);
        while (!origins.sqlParameters.isEmpty()) {
            Parameter parameter = origins.sqlParameters.remove();
            origins.codes.forEach(code -> origins.followCallsOf(parameter, code));
        }
        return origins.findings;
    }

    private void analyze(ClassNode type) {
        for (MethodNode method : type.methods) {
            try {
                Frame<SourceValue>[] frames = new Analyzer<>(new ParameterSources()).analyze(type.name, method);
                codes.add(new Code(type, method, Arrays.asList(frames)));
            } catch (AnalyzerException e) {
                throw new IllegalStateException(type.name + "." + method.name, e);
            }
        }
    }

    private void followCallsOfJdbc(Code code) {
        for (AbstractInsnNode instruction : code.method.instructions) {
            if (instruction instanceof MethodInsnNode call && takesSql(call)) {
                Type[] parameters = Type.getArgumentTypes(call.desc);
                for (int i = 0; i < parameters.length; i++) {
                    if (SqlCalls.isText(parameters[i])) {
                        follow(code, argument(code, call, parameters.length, i));
                    }
                }
            } else if (instruction instanceof InvokeDynamicInsnNode lambda
                    && lambda.bsmArgs.length > 1
                    && lambda.bsmArgs[1] instanceof Handle handle
                    && calls.takesText(handle.getOwner(), handle.getName(), handle.getDesc())) {
                findings.add(code.name() + " refers to " + handle.getName());
            }
        }
    }

    private boolean takesSql(MethodInsnNode call) {
        return calls.takesText(call.owner, call.name, call.desc);
    }

    private void followCallsOf(Parameter parameter, Code code) {
        for (AbstractInsnNode instruction : code.method.instructions) {
            if (instruction instanceof MethodInsnNode call
                    && mayCall(parameter.code, call.owner, call.name, call.desc)) {
                follow(code, argument(code, call, Type.getArgumentCount(call.desc), parameter.index));
            } else if (instruction instanceof InvokeDynamicInsnNode lambda
                    && lambda.bsmArgs.length > 1
                    && lambda.bsmArgs[1] instanceof Handle body
                    && mayCall(parameter.code, body.getOwner(), body.getName(), body.getDesc())) {
                int receiver = body.getTag() == Opcodes.H_INVOKESTATIC ? 0 : 1;
                int captured = Type.getArgumentCount(lambda.desc);
                if (parameter.index + receiver < captured) {
                    follow(code, argument(code, lambda, captured, parameter.index + receiver));
                } else {
                    findings.add(code.name() + " takes SQL from any caller of its lambda");
                }
            }
        }
    }

    private boolean mayCall(Code called, String owner, String name, String descriptor) {
        return called.method.name.equals(name)
                && called.method.desc.equals(descriptor)
                && calls.mayBeTheSame(owner, called.type.name);
    }

    private static SourceValue argument(Code code, AbstractInsnNode call, int count, int index) {
        Frame<SourceValue> frame = frame(code, call);
        return frame.getStack(frame.getStackSize() - count + index);
    }

    private static Frame<SourceValue> frame(Code code, AbstractInsnNode instruction) {
        return code.frames.get(code.method.instructions.indexOf(instruction));
    }

    private void follow(Code code, SourceValue value) {
        for (AbstractInsnNode root : roots(code, value)) {
            if (root instanceof ParameterSources.Begin parameter) {
                followCallers(code, parameter.index());
            } else if (isElementOfAPrivateConstant(code, root)) {
                followElements(code.type);
            } else if (root.getOpcode() == Opcodes.ANEWARRAY
                    && value.insns.stream().noneMatch(VarInsnNode.class::isInstance)) {
                followElements(code, root);
            } else if (!isConstant(root) && !forwarders.contains(simpleName(code.type))) {
                findings.add(code.name() + " builds SQL from " + describe(root));
            }
        }
    }

    /** The origins of a value within its method. */
    private static Set<AbstractInsnNode> roots(Code code, SourceValue value) {
        Set<AbstractInsnNode> roots = new HashSet<>();
        Set<AbstractInsnNode> seen = new HashSet<>();
        Deque<AbstractInsnNode> sources = new ArrayDeque<>(value.insns);
        while (!sources.isEmpty()) {
            AbstractInsnNode source = sources.remove();
            if (!seen.add(source)) {
                continue;
            }
            if (source instanceof VarInsnNode variable && source.getOpcode() == Opcodes.ALOAD) {
                sources.addAll(frame(code, source).getLocal(variable.var).insns);
            } else if (isCopy(source)) {
                sources.addAll(argument(code, source, 1, 0).insns);
            } else {
                roots.add(source);
            }
        }
        return roots;
    }

    private static boolean isElementOfAPrivateConstant(Code code, AbstractInsnNode root) {
        return root.getOpcode() == Opcodes.AALOAD
                && roots(code, argument(code, root, 2, 0)).stream()
                        .allMatch(array -> array.getOpcode() == Opcodes.GETSTATIC
                                && code.type.fields.stream().anyMatch(field -> isPrivateConstant(field, array)));
    }

    private static boolean isPrivateConstant(FieldNode field, AbstractInsnNode read) {
        int privateConstant = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
        return field.name.equals(((FieldInsnNode) read).name) && (field.access & privateConstant) == privateConstant;
    }

    /** Follows all values that a class stores into arrays of text. */
    private void followElements(ClassNode type) {
        if (!arraysAsked.add(type.name)) {
            return;
        }
        for (Code code : codes) {
            for (AbstractInsnNode instruction : code.method.instructions) {
                if (code.type.equals(type)
                        && instruction.getOpcode() == Opcodes.AASTORE
                        && !roots(code, argument(code, instruction, 3, 0)).stream()
                                .allMatch(SqlOrigins::isNewArrayOfOthers)) {
                    follow(code, argument(code, instruction, 3, 2));
                }
            }
        }
    }

    /** Follows all values stored into an array that is passed on where it is created. */
    private void followElements(Code code, AbstractInsnNode array) {
        for (AbstractInsnNode instruction : code.method.instructions) {
            if (instruction.getOpcode() == Opcodes.AASTORE
                    && roots(code, argument(code, instruction, 3, 0)).contains(array)) {
                follow(code, argument(code, instruction, 3, 2));
            }
        }
    }

    private static boolean isNewArrayOfOthers(AbstractInsnNode root) {
        return root instanceof TypeInsnNode made && !made.desc.equals("java/lang/String");
    }

    private void followCallers(Code code, int index) {
        if (isOpen(code) && !forwarders.contains(simpleName(code.type))) {
            findings.add(code.name() + " takes SQL from any caller");
        }
        Parameter parameter = new Parameter(code, index);
        if (asked.add(parameter)) {
            sqlParameters.add(parameter);
        }
    }

    /** Whether code outside the analyzed classes may call a method, through its own type or a supertype. */
    private boolean isOpen(Code code) {
        int open = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED;
        return ((code.type.access & Opcodes.ACC_PUBLIC) != 0 && (code.method.access & open) != 0)
                || calls.declarers(code.type.name, code.method.name, code.method.desc)
                        .anyMatch(type ->
                                codes.stream().noneMatch(known -> known.type.name.equals(Type.getInternalName(type))));
    }

    private static boolean isCopy(AbstractInsnNode source) {
        return switch (source.getOpcode()) {
            case Opcodes.ASTORE, Opcodes.CHECKCAST, Opcodes.DUP -> true;
            default -> false;
        };
    }

    private static boolean isConstant(AbstractInsnNode source) {
        return source instanceof LdcInsnNode || source.getOpcode() == Opcodes.ACONST_NULL;
    }

    private static String simpleName(ClassNode type) {
        return type.name.substring(type.name.lastIndexOf('/') + 1);
    }

    private static String describe(AbstractInsnNode source) {
        if (source instanceof MethodInsnNode call) {
            return call.owner + "." + call.name;
        } else if (source instanceof InvokeDynamicInsnNode call) {
            return call.bsm.getName();
        } else if (source instanceof FieldInsnNode field) {
            return "the field " + field.name;
        }
        return source.getOpcode() == Opcodes.AALOAD ? "an element of an array" : "instruction " + source.getOpcode();
    }
}
