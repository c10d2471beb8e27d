package dev.kvstore.sqlite.connection;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import org.jspecify.annotations.NullUnmarked;

/**
 * A stand-in for a connection whose statements execute nothing. An update returns the number of its statement,
 * {@link #CLOSED}, or {@link #SHARED} if another thread uses the statement.
 */
@NullUnmarked
final class RecordedConnection implements InvocationHandler {

    static final int CLOSED = -1;
    static final int SHARED = -2;

    private int prepared;
    private volatile boolean closed;

    Connection proxy() {
        return proxy(Connection.class, this);
    }

    @Override
    public Object invoke(Object self, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "prepareStatement" -> proxy(PreparedStatement.class, new Statement(++prepared));
            case "close" -> {
                closed = true;
                yield null;
            }
            default -> ofAnyObject(self, method, arguments);
        };
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    // Lincheck compares the objects whose methods are called.
    @SuppressWarnings("ReferenceEquality") // Each object is equal only to itself.
    private static Object ofAnyObject(Object self, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> self == arguments[0];
            case "hashCode" -> System.identityHashCode(self);
            case "toString" -> method.getDeclaringClass().getSimpleName();
            default -> method.getReturnType() == boolean.class ? false : null;
        };
    }

    private final class Statement implements InvocationHandler {

        private final int number;
        private volatile boolean closedItself;
        private volatile Thread user;

        Statement(int number) {
            this.number = number;
        }

        @Override
        public Object invoke(Object self, Method method, Object[] arguments) {
            return switch (method.getName()) {
                case "executeUpdate" -> update();
                // So that the cache takes the statement back.
                case "clearParameters" -> {
                    user = null;
                    yield null;
                }
                case "close" -> {
                    closedItself = true;
                    yield null;
                }
                default -> ofAnyObject(self, method, arguments);
            };
        }

        private int update() {
            if (user == null) {
                user = Thread.currentThread();
            }
            if (user != Thread.currentThread()) {
                return SHARED;
            }
            return closed || closedItself ? CLOSED : number;
        }
    }
}
