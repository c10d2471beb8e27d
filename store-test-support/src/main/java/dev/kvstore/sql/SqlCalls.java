package dev.kvstore.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;
import org.objectweb.asm.Type;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Recognizes calls that pass text to JDBC. Every text argument of a type in these packages counts as SQL, whatever the
 * static type of the receiver, so that no way to execute a statement is missed; the exceptions are listed here.
 */
final class SqlCalls {

    private static final List<String> PACKAGES =
            List.of("java/sql/", "javax/sql/", "org/springframework/jdbc/", "org/sqlite/", "org/flywaydb/");

    private static final Set<Class<?>> NO_SQL =
            Set.of(Throwable.class, ResultSet.class, SQLExceptionTranslator.class, MigrationVersion.class);

    /** Methods that take the URL of the database, or a version or schema of a migration. */
    private static final Set<String> NO_SQL_EITHER =
            Set.of("createConnection", "baselineVersion", "schemas", "defaultSchema");

    private final Map<String, Set<Class<?>>> ancestors = new HashMap<>();

    boolean takesText(String owner, String name, String descriptor) {
        Type[] parameters = Type.getArgumentTypes(descriptor);
        return Arrays.stream(parameters).anyMatch(SqlCalls::isText)
                && !NO_SQL_EITHER.contains(name)
                && !isValue(owner, name, parameters)
                && ancestors(owner).stream().noneMatch(NO_SQL::contains)
                && (isOfJdbc(owner)
                        || declarers(owner, name, descriptor).anyMatch(type -> isOfJdbc(Type.getInternalName(type))));
    }

    static boolean isText(Type type) {
        Type element = type.getSort() == Type.ARRAY ? type.getElementType() : type;
        return element.getClassName().equals("java.lang.String");
    }

    /** Whether a call sets a parameter of a prepared statement by index and value. */
    private boolean isValue(String owner, String name, Type[] parameters) {
        return name.startsWith("set")
                && parameters[0].equals(Type.INT_TYPE)
                && ancestors(owner).contains(PreparedStatement.class);
    }

    private static boolean isOfJdbc(String type) {
        return PACKAGES.stream().anyMatch(type::startsWith);
    }

    /** Whether a call to a method of one type may be dispatched to that of another. */
    boolean mayBeTheSame(String called, String declared) {
        return called.equals(declared) || isA(called, declared) || isA(declared, called);
    }

    private boolean isA(String type, String ancestor) {
        return ancestors(type).stream().anyMatch(it -> Type.getInternalName(it).equals(ancestor));
    }

    /** The type itself and its supertypes that declare a method. */
    Stream<Class<?>> declarers(String type, String name, String descriptor) {
        return ancestors(type).stream()
                .filter(ancestor -> Arrays.stream(ancestor.getDeclaredMethods())
                        .anyMatch(method -> method.getName().equals(name)
                                && Type.getMethodDescriptor(method).equals(descriptor)));
    }

    private Set<Class<?>> ancestors(String type) {
        return ancestors.computeIfAbsent(type, SqlCalls::readAncestors);
    }

    private static Set<Class<?>> readAncestors(String type) {
        Set<Class<?>> all = new HashSet<>();
        try {
            addAncestors(
                    Class.forName(Type.getObjectType(type).getClassName(), false, SqlCalls.class.getClassLoader()),
                    all);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        return all;
    }

    private static void addAncestors(Class<?> type, Set<Class<?>> all) {
        if (all.add(type)) {
            Stream.concat(Stream.ofNullable(type.getSuperclass()), Stream.of(type.getInterfaces()))
                    .forEach(above -> addAncestors(above, all));
        }
    }
}
